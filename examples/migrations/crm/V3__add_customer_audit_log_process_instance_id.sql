-- Planned from the definitions of crm. Once it has run it must not be changed.

-- SAFE: add crm.customer_audit_log.process_instance_id
alter table "crm"."customer_audit_log" add column "process_instance_id" text;
