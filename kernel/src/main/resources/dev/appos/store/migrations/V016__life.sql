-- References that were emptied because what they led to went to the trash; they lead there again when it comes back.
create table appos.record_released (
    id        bigint generated always as identity primary key,
    deletion  text   not null,
    ref       text   not null,
    record_id bigint not null,
    field     text   not null,
    target_id bigint not null
);
create index on appos.record_released (deletion);

-- What is still to be done about changes that are kept. A row goes in the transaction in which its work is done.
create table appos.record_event (
    id           bigint      generated always as identity primary key,
    ref          text        not null,
    event        text        not null,
    moment       text        not null,
    record_id    bigint      not null,
    before       json,
    after        json,
    chain        text[]      not null,
    principal    text        not null,
    execution_id text        not null,
    at           timestamptz not null,
    due_at       timestamptz not null,
    attempts     integer     not null default 0,
    error        text,
    dead         boolean     not null default false
);
create index on appos.record_event (id) where not dead;
create index on appos.record_event (id) where dead;

-- What happened in the business, as the rules of an app tell it.
create table appos.event_log (
    id                  bigint      generated always as identity primary key,
    app                 text        not null,
    event_type          text        not null check (length(event_type) between 1 and 200),
    event_source        text        not null,
    object_ref          text,
    user_id             text        not null,
    execution_id        text        not null,
    process_instance_id text,
    data                json        not null,
    timestamp           timestamptz not null
);
create index on appos.event_log (app, id desc);
create index on appos.event_log (timestamp);

-- Who saw which record, of those that say auditReads.
create table appos.record_read (
    id           bigint      generated always as identity primary key,
    ref          text        not null,
    record_ids   bigint[]    not null,
    read_by      text        not null,
    execution_id text        not null,
    read_at      timestamptz not null
);
create index on appos.record_read (ref, id desc);
create index on appos.record_read using gin (record_ids);
create index on appos.record_read (read_at);
