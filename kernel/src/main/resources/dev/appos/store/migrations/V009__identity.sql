-- Which secret the servers of this database share: a fingerprint of it, by which a server with another one is told.
create table appos.server_secret (
    id          integer     primary key default 1 check (id = 1),
    fingerprint text        not null,
    since       timestamptz not null
);

-- The secret before the last rotation, good until its time is over.
alter table appos.api_keys
    add column rotated_at   timestamptz,
    add column former_hash  text,
    add column former_until timestamptz,
    add check ((former_hash is null) = (former_until is null));

-- One second factor a person. The secret is sealed: with the table alone nobody makes a code.
create table appos.second_factors (
    user_id      uuid        primary key references appos.users,
    sealed       text        not null,
    created_at   timestamptz not null,
    confirmed_at timestamptz,
    -- Of the last code that was taken: it and earlier ones are not taken again.
    last_step    bigint      not null default 0
);

-- Each lets its owner in once, without the device; using one deletes it.
create table appos.recovery_codes (
    user_id uuid not null references appos.second_factors on delete cascade,
    proof   text not null,
    primary key (user_id, proof)
);

-- Which account somebody means whom another provider vouches for.
create table appos.oidc_links (
    issuer     text        not null,
    subject    text        not null,
    user_id    uuid        not null references appos.users,
    created_at timestamptz not null,
    primary key (issuer, subject)
);
create index oidc_links_user on appos.oidc_links (user_id);

create index login_audit_at on appos.login_audit (at, id);
