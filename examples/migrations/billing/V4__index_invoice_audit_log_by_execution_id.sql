-- Statement by statement, so it may run again.
-- Planned from the definitions of billing. Once it has run it must not be changed.

-- SAFE: index billing.invoice_audit_log by execution_id
set lock_timeout to '10min';
drop index concurrently if exists "billing"."invoice_audit_log_execution_id_idx";
create index concurrently "invoice_audit_log_execution_id_idx" on "billing"."invoice_audit_log" ("execution_id");
set lock_timeout to '3s';
