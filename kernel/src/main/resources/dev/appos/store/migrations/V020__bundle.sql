-- The compiled code of processes, so that an instance goes on with what it began with after its app has changed.
create table appos.process_bundle (
    process   text        not null,
    code_hash text        not null,
    classes   bytea       not null,
    kept_at   timestamptz not null default now(),
    -- When a node last had it live; with no instance left it is forgotten some time after.
    seen_at   timestamptz not null default now(),
    primary key (process, code_hash)
);
-- A jar is compressed already.
alter table appos.process_bundle alter column classes set storage external;
