-- The life of a process: it can be paused, be interrupted by a stop of the server, and must be over at some time.
alter table appos.process_instance drop constraint process_instance_status_check;
alter table appos.process_instance_rest drop constraint if exists process_instance_status_check;
alter table appos.process_instance add constraint process_instance_status_check
    check (status in ('running', 'waiting', 'paused', 'interrupted', 'completed', 'failed', 'cancelled'));

alter table appos.process_step drop constraint process_step_status_check;
alter table appos.process_step_rest drop constraint if exists process_step_status_check;
alter table appos.process_step add constraint process_step_status_check
    check (status in ('done', 'failed', 'waiting', 'running', 'skipped', 'interrupted'));

alter table appos.process_ready add column paused_at timestamptz;
alter table appos.process_ready add column deadline timestamptz;
drop index appos.process_ready_due;
create index process_ready_due on appos.process_ready (wake_at) where owner is null and paused_at is null;
