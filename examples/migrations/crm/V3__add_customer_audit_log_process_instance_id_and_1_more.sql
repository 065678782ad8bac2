-- Planned from the definitions of crm. Once it has run it must not be changed.

-- SAFE: add crm.customer_audit_log.process_instance_id
alter table "crm"."customer_audit_log" add column "process_instance_id" text;

-- LOCKING: index crm.customer_audit_log by execution_id
create index "customer_audit_log_execution_id_idx" on "crm"."customer_audit_log" ("execution_id");
