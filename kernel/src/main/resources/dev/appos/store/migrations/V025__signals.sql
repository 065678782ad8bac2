-- Signals that were sent to instances and not taken yet; the rest is in the journal.
create table appos.process_signal (
    id          bigint      generated always as identity primary key,
    instance_id uuid        not null,
    name        text        not null,
    value       json        not null,
    sent_by     text        not null,
    sent_at     timestamptz not null default now()
);
create index process_signal_of on appos.process_signal (instance_id, name, id);

-- Whether something came for an instance while it ran: then it looks again before it waits.
alter table appos.process_ready add column news boolean not null default false;
