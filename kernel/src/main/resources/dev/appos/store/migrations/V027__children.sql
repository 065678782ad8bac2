-- Which process started which: only what a process starts has a row here. How an awaited one ended is kept with the
-- types of its answer, for the one that waits.
create table appos.process_child (
    id        uuid    primary key,
    parent_id uuid    not null,
    awaited   boolean not null,
    status    text    check (status in ('completed', 'failed', 'cancelled')),
    answer    json,
    error     text
);
create index process_child_of on appos.process_child (parent_id, id);
