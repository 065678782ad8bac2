-- Instances and their steps are split by month. An id is a UUID of version 7 and begins with its time, so that the id
-- alone says where its rows are. The tables of the months are made by the platform as time goes by; what has no month
-- is in the rest, so that no start is refused for a missing one. The tables there were become that rest, as they are.
alter table appos.process_instance rename to process_instance_rest;
alter index appos.process_instance_pkey rename to process_instance_rest_pkey;
alter index appos.process_instance_process rename to process_instance_rest_process;
alter index appos.process_instance_status rename to process_instance_rest_status;
create table appos.process_instance (
    like appos.process_instance_rest including defaults including constraints,
    primary key (id)
) partition by range (id);
create index process_instance_process on appos.process_instance (process, id desc);
create index process_instance_status on appos.process_instance (status, id desc);
alter table appos.process_instance attach partition appos.process_instance_rest default;

alter table appos.process_step rename to process_step_rest;
alter index appos.process_step_pkey rename to process_step_rest_pkey;
alter index appos.process_step_approval rename to process_step_rest_approval;
create table appos.process_step (
    like appos.process_step_rest including defaults including constraints,
    primary key (instance_id, path)
) partition by range (instance_id);
create index process_step_approval on appos.process_step (approval_id)
    where status = 'waiting' and approval_id is not null;
alter table appos.process_step attach partition appos.process_step_rest default;

-- Tries of steps that failed and were followed by another: one row each. The last try is the row of the step itself.
create table appos.process_attempt (
    instance_id uuid        not null,
    path        text        not null,
    attempt     integer     not null check (attempt > 0),
    inputs      json,
    error       json,
    started_at  timestamptz not null,
    finished_at timestamptz,
    primary key (instance_id, path, attempt)
) partition by range (instance_id);
create table appos.process_attempt_rest partition of appos.process_attempt default;

-- What is over for long. Months come here in one piece; nothing here runs, and nothing here is changed.
create schema appos_archive;
create table appos_archive.process_instance (
    like appos.process_instance, primary key (id)
) partition by range (id);
create index on appos_archive.process_instance (process, id desc);
create table appos_archive.process_step (
    like appos.process_step, primary key (instance_id, path)
) partition by range (instance_id);
create table appos_archive.process_attempt (
    like appos.process_attempt, primary key (instance_id, path, attempt)
) partition by range (instance_id);
