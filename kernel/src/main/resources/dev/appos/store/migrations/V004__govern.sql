-- Every version of every policy: a verdict of last year can be read back.
create table appos.policies (
    name       text        not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
    version    integer     not null check (version > 0),
    body       jsonb       not null,
    created_at timestamptz not null,
    created_by text        not null,
    primary key (name, version)
);

create table appos.approvals (
    id             uuid        primary key,
    kind           text        not null check (kind in ('process', 'agent')),
    title          text        not null,
    requested_by   text        not null,
    object_ref     text        not null,
    digest         text        not null,
    arguments      jsonb       not null,
    policy         text,
    policy_version integer,
    rule           text,
    reason         text        not null default '',
    group_name     text,
    needs          text,
    created_at     timestamptz not null,
    due_at         timestamptz not null,
    status         text        not null
        check (status in ('pending', 'approved', 'rejected', 'used', 'expired')),
    decided_by     text,
    decided_at     timestamptz,
    note           text        not null default '',
    used_at        timestamptz,
    check ((status in ('approved', 'rejected', 'used')) = (decided_by is not null))
);
-- The same question of the same requester is put once at a time.
create unique index approvals_open on appos.approvals (requested_by, digest) where status = 'pending';
create index approvals_digest on appos.approvals (requested_by, digest);
create index approvals_status on appos.approvals (status, id);

-- What an agent may spend in each period. Amounts are in the smallest part of the unit: calls, tokens, cents.
create table appos.budgets (
    id             uuid        primary key,
    agent          text        not null unique,
    amount         bigint      not null check (amount >= 0),
    unit           text        not null,
    per            text        not null check (per in ('run', 'minute', 'hour', 'day', 'month', 'total')),
    window_start   timestamptz not null,
    reserved       bigint      not null default 0 check (reserved >= 0),
    reserved_until timestamptz not null,
    spent          bigint      not null default 0 check (spent >= 0)
);
