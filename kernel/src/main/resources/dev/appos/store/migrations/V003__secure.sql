-- Counters that every change bumps in its own transaction: what a process remembers is good until they move.
create table appos.security_version (
    name    text   primary key,
    version bigint not null
);
insert into appos.security_version values ('directory', 0), ('credentials', 0), ('policies', 0);

create table appos.users (
    id                 uuid        primary key,
    username           text        not null unique check (length(username) between 1 and 100),
    email              text        check (length(email) <= 320),
    full_name          text        not null default '',
    password_hash      text,
    user_type          text        not null check (user_type in ('basic', 'system_admin', 'service_account')),
    is_active          boolean     not null default true,
    preferred_language text        not null default 'en',
    timezone           text        not null default 'UTC',
    last_login         timestamptz,
    failed_attempts    integer     not null default 0,
    locked_until       timestamptz,
    created_at         timestamptz not null,
    created_by         text        not null
);
create unique index users_email on appos.users (lower(email));

create table appos.groups (
    name        text        primary key check (length(name) between 1 and 100),
    type        text        not null check (type in ('security', 'team', 'app', 'system')),
    description text        not null default '',
    is_active   boolean     not null default true,
    created_at  timestamptz not null,
    created_by  text        not null
);

-- The apps whose doors a group opens.
create table appos.group_apps (
    group_name text not null references appos.groups,
    app        text not null check (length(app) between 1 and 100),
    primary key (group_name, app)
);

create table appos.members (
    group_name text not null references appos.groups,
    user_id    uuid not null references appos.users,
    primary key (group_name, user_id)
);
create index members_user on appos.members (user_id);

-- What is not granted is denied; there are no rows that deny.
create table appos.grants (
    group_name text        not null references appos.groups,
    object_ref text        not null check (length(object_ref) between 1 and 255),
    permission text        not null check (permission in ('view', 'use', 'create', 'update', 'delete', 'admin')),
    created_at timestamptz not null,
    created_by text        not null,
    primary key (group_name, object_ref, permission)
);
create index grants_object on appos.grants (object_ref);

create table appos.agents (
    id          uuid        primary key,
    name        text        not null unique check (name ~ '^[a-z0-9][a-z0-9_-]{1,62}$'),
    description text        not null default '',
    user_id     uuid        not null references appos.users,
    own_account boolean     not null,
    policies    text[]      not null,
    skills      text[],
    status      text        not null check (status in ('active', 'stopped')),
    created_at  timestamptz not null,
    created_by  text        not null
);
create index agents_user on appos.agents (user_id);

-- A key is found by its public part and proved by the hash of its secret part.
create table appos.api_keys (
    id           uuid        primary key,
    public_id    text        not null unique,
    secret_hash  text        not null,
    name         text        not null check (length(name) between 1 and 100),
    user_id      uuid        references appos.users,
    agent_id     uuid        references appos.agents,
    created_at   timestamptz not null,
    created_by   text        not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    check (num_nonnulls(user_id, agent_id) = 1)
);
create index api_keys_user on appos.api_keys (user_id);
create index api_keys_agent on appos.api_keys (agent_id);

-- Sessions of browsers, and bearer tokens, which are sessions without a cookie. Ending one is deleting its row.
create table appos.sessions (
    id         uuid        primary key,
    kind       text        not null check (kind in ('session', 'token')),
    token_hash text        not null unique,
    user_id    uuid        references appos.users,
    agent_id   uuid        references appos.agents,
    api_key_id uuid        references appos.api_keys,
    created_at timestamptz not null,
    last_seen  timestamptz not null,
    expires_at timestamptz not null,
    ip         text        not null default '',
    agent      text        not null default '',
    check (num_nonnulls(user_id, agent_id) = 1)
);
create index sessions_user on appos.sessions (user_id, kind, created_at);
create index sessions_agent on appos.sessions (agent_id, kind, created_at);

create table appos.login_audit (
    id       uuid        primary key,
    at       timestamptz not null,
    username text        not null,
    ip       text        not null,
    agent    text        not null,
    success  boolean     not null,
    reason   text        not null
);
create index login_audit_username on appos.login_audit (username, id);
