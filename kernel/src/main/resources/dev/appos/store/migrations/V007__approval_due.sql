-- Only what an agent asks grows old: a process waits for its answer as long as it takes.
alter table appos.approvals alter column due_at drop not null;
update appos.approvals set due_at = null where kind = 'process' and status = 'pending';
