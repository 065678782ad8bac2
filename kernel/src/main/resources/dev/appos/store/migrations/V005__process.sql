-- Every process that was ever started. The id is a UUID of version 7, so it sorts by the time of the start.
create table appos.process_instance (
    id           uuid        primary key,
    process      text        not null,
    code_hash    text        not null,
    status       text        not null default 'running'
        check (status in ('running', 'waiting', 'completed', 'failed', 'cancelled')),
    display_name text        not null,
    started_by   text        not null,
    triggered_by text        not null,
    execution_id text        not null,
    arguments    json        not null,
    variables    json        not null default '{}',
    outputs      json,
    error        json,
    started_at   timestamptz not null,
    completed_at timestamptz,
    check ((completed_at is not null) = (status in ('completed', 'failed', 'cancelled')))
) with (fillfactor = 80);
create index process_instance_process on appos.process_instance (process, id desc);
create index process_instance_status on appos.process_instance (status, id desc);

-- The journal: what each step answered. JSON and not JSONB, because a replay must see maps in the order it saw first.
create table appos.process_step (
    instance_id uuid        not null,
    path        text        not null check (length(path) <= 200),
    digest      text        not null,
    status      text        not null check (status in ('done', 'failed', 'waiting', 'running')),
    attempt     integer     not null check (attempt > 0),
    inputs      json,
    answer      json,
    outputs     json,
    error       json,
    wake_at     timestamptz,
    approval_id uuid,
    started_at  timestamptz not null,
    finished_at timestamptz,
    primary key (instance_id, path)
);
create index process_step_approval on appos.process_step (approval_id)
    where status = 'waiting' and approval_id is not null;

-- The instances that are not over: small and hot. Whoever holds (owner, epoch) may write to the journal, nobody else.
create table appos.process_ready (
    id        uuid        primary key,
    wake_at   timestamptz not null,
    owner     uuid,
    epoch     bigint      not null default 0,
    cancel    boolean     not null default false,
    takeovers integer     not null default 0,
    done      integer     not null default 0
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
create index process_ready_due on appos.process_ready (wake_at) where owner is null;
create index process_ready_owner on appos.process_ready (owner) where owner is not null;
