-- Planned from the definitions of billing. Once it has run it must not be changed.

-- SAFE: add billing.invoice_audit_log.process_instance_id
alter table "billing"."invoice_audit_log" add column "process_instance_id" text;
