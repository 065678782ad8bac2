-- When processes start by themselves. A tick is started under a key of its own, so it is started once however many
-- servers see it; what is written here afterwards only says where to go on.
create table appos.scheduled_triggers (
    id            text        primary key check (length(id) <= 200),
    process       text        not null,
    cron          text        not null,
    zone          text        not null,
    declared      boolean     not null,
    enabled       boolean     not null,
    last_run      timestamptz,
    next_run      timestamptz,
    last_instance uuid,
    error         text,
    asked_at      timestamptz,
    asked_by      text
);
