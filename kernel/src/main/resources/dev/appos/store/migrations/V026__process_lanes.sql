-- Which lane an instance runs in, what comes first in it, and the slot it takes of a process that is limited. A slot is
-- the process, or the process and the value of its key.
alter table appos.process_ready
    add column lane     smallint not null default 0,
    add column priority smallint not null default 0,
    add column slot     text,
    add column queued   boolean  not null default false;
drop index appos.process_ready_due;
create index process_ready_due on appos.process_ready (lane, priority desc, wake_at)
    where owner is null and slot is null and paused_at is null;
-- Of what is limited: first what comes due, then what waits for its slot, then what holds one.
create index process_ready_coming on appos.process_ready (wake_at)
    where owner is null and slot is not null and not queued and paused_at is null;
create index process_ready_queue on appos.process_ready (lane, slot, priority desc, wake_at)
    where owner is null and queued and paused_at is null;
create index process_ready_held on appos.process_ready (slot) where owner is not null and slot is not null;

-- When instances of processes with a rate were taken, for as long as it counts.
create table appos.process_taken (
    slot text        not null,
    at   timestamptz not null
);
create index on appos.process_taken (slot, at);
