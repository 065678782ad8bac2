-- Questions that are tasks: who has one, what it asks for, what was answered.
alter table appos.approvals drop constraint approvals_kind_check;
alter table appos.approvals add constraint approvals_kind_check check (kind in ('process', 'agent', 'task'));
alter table appos.approvals drop constraint approvals_status_check;
alter table appos.approvals add constraint approvals_status_check
    check (status in ('pending', 'approved', 'rejected', 'used', 'expired', 'completed'));
alter table appos.approvals drop constraint approvals_check;
alter table appos.approvals add constraint approvals_check
    check ((status in ('approved', 'rejected', 'used', 'completed')) = (decided_by is not null));
alter table appos.approvals
    add column assignee     text,
    add column claimed_by   text,
    add column escalated_to text,
    add column choices      json,
    add column form         json,
    add column four_eyes    boolean not null default false,
    add column reminders    integer not null default 0,
    add column answer       json;
