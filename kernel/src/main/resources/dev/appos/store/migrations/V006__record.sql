-- History is added to and never changed: triggers of the apps' audit tables call this.
create function appos.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of %.% are kept as they are', tg_table_schema, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;
