-- Work of minutes: imports of files. The place is how many rows of the file are dealt with; it is written in the
-- transaction that writes them, so that a job that was killed goes on exactly there.
create table appos.jobs (
    id           uuid        primary key,
    kind         text        not null check (kind in ('import')),
    record       text        not null,
    file         uuid        not null,
    file_name    text        not null check (length(file_name) <= 255),
    options      json        not null,
    status       text        not null default 'queued'
        check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    place        bigint      not null default 0,
    total        bigint,
    created      bigint      not null default 0,
    updated      bigint      not null default 0,
    ignored      bigint      not null default 0,
    failed       bigint      not null default 0,
    message      text,
    remedy       text,
    execution_id text        not null,
    started_by   text        not null,
    created_at   timestamptz not null,
    started_at   timestamptz,
    finished_at  timestamptz,
    check ((finished_at is not null) = (status in ('completed', 'failed', 'cancelled')))
);
create index jobs_started_by on appos.jobs (started_by, id desc);
create index jobs_open on appos.jobs (id) where status in ('queued', 'running');

-- What was wrong with rows of a file: a fault of row `line` in `field`, with the value it is about, shortened.
create table appos.job_errors (
    job     uuid   not null references appos.jobs on delete cascade,
    place   bigint not null,
    number  integer not null,
    line    bigint not null,
    field   text   not null,
    value   text,
    code    text   not null,
    message text   not null,
    primary key (job, place, number)
);
