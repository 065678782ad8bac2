-- Planned from the definitions of crm. Once it has run it must not be changed.

-- LOCKING: index crm.customers by status
create index "customers_status_idx" on "crm"."customers" ("status");
