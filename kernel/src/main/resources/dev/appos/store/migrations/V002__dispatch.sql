-- What was answered to a call with a key: the same key gets the same answer.
create table appos.answer (
    principal  text        not null,
    key        text        not null check (length(key) <= 255),
    ref        text        not null,
    digest     text        not null,
    -- json and not jsonb: the answer comes back with its fields in the order in which it was given.
    answer     json,
    created_at timestamptz not null default now(),
    primary key (principal, key)
);

-- Which rule let a call through, held it or refused it. Rows are added and never changed.
create table appos.audit (
    id             uuid        primary key,
    at             timestamptz not null,
    execution_id   text        not null,
    principal      text        not null,
    on_behalf_of   text,
    object_ref     text        not null,
    action         text        not null,
    verdict        text        not null check (verdict in ('allow', 'audit', 'ask', 'deny', 'over_budget')),
    rule           text        not null,
    policy         text,
    policy_version integer,
    reason         text        not null default '',
    digest         text,
    approval_id    uuid
);
create index audit_object on appos.audit (object_ref, id);
create index audit_principal on appos.audit (principal, id);
