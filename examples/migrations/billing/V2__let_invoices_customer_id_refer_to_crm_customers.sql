-- Planned from the definitions of billing. Once it has run it must not be changed.

-- SAFE: let billing.invoices.customer_id refer to crm.customers
alter table "billing"."invoices" add constraint "invoices_customer_id_fkey" foreign key ("customer_id") references "crm"."customers" ("id") on delete restrict;
