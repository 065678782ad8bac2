-- Statement by statement, so it may run again.
-- Planned from the definitions of crm. Once it has run it must not be changed.

-- SAFE: index crm.customer_audit_log by execution_id
set lock_timeout to '10min';
drop index concurrently if exists "crm"."customer_audit_log_execution_id_idx";
create index concurrently "customer_audit_log_execution_id_idx" on "crm"."customer_audit_log" ("execution_id");
set lock_timeout to '3s';
