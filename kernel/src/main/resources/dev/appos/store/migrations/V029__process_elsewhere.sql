-- When the engine that runs the body of an instance was last told that something has changed; null where it is this one.
alter table appos.process_ready add column told_at timestamptz;
create index process_ready_elsewhere on appos.process_ready (id) where told_at is not null;
