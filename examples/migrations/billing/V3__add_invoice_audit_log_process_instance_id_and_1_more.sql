-- Planned from the definitions of billing. Once it has run it must not be changed.

-- SAFE: add billing.invoice_audit_log.process_instance_id
alter table "billing"."invoice_audit_log" add column "process_instance_id" text;

-- LOCKING: index billing.invoice_audit_log by execution_id
create index "invoice_audit_log_execution_id_idx" on "billing"."invoice_audit_log" ("execution_id");
