-- What a change was about (names, never values), and a seal that only a server with the key can make.
alter table appos.audit add column subject text, add column mac text not null default '';

-- The order in which rows were sealed; each hash covers the one before it and the row, so a row that is edited, taken
-- out, put in or moved breaks it.
create table appos.audit_chain (
    seq      bigint primary key check (seq > 0),
    audit_id uuid   not null unique,
    hash     text   not null
);

-- Rows that wait for their place in the chain: a second's worth.
create table appos.audit_open (
    audit_id uuid primary key
);
insert into appos.audit_open select id from appos.audit;

create function appos.audit_added() returns trigger language plpgsql as $$
begin
    insert into appos.audit_open values (new.id) on conflict do nothing;
    return null;
end $$;
create trigger audit_added after insert on appos.audit for each row execute function appos.audit_added();

create function appos.audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are added and never changed', tg_table_name;
end $$;
create trigger audit_stays before update or delete on appos.audit for each row execute function appos.audit_stays();
create trigger audit_not_emptied before truncate on appos.audit execute function appos.audit_stays();
create trigger audit_chain_stays before update or delete on appos.audit_chain
    for each row execute function appos.audit_stays();
create trigger audit_chain_not_emptied before truncate on appos.audit_chain execute function appos.audit_stays();
