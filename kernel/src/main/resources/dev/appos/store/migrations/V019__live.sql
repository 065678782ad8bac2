-- Changes of live records, to be told to whoever follows them. Added by triggers of the apps' tables, in the
-- transaction of the change; given their positions once they are committed.
create table appos.live_change (
    id        bigint generated always as identity primary key,
    position  bigint      unique,
    record    text        not null,
    record_id bigint      not null,
    version   integer     not null,
    kind      text        not null check (kind in ('created', 'updated', 'deleted')),
    was       jsonb,
    at        timestamptz not null default clock_timestamp()
);
create index live_change_new on appos.live_change (id) where position is null;
create index live_change_of on appos.live_change (record, position);
create index live_change_at on appos.live_change (at);

-- One row: the last position given, and the last one whose change is forgotten.
create table appos.live_position (given bigint not null, forgotten bigint not null);
insert into appos.live_position values (0, 0);

create function appos.live_change() returns trigger language plpgsql as $$
#variable_conflict use_variable
begin
    if tg_op = 'INSERT' then
        insert into appos.live_change (record, record_id, version, kind)
        select tg_table_schema || '.' || tg_table_name, now_rows.id, now_rows.version, 'created' from now_rows;
    elsif tg_op = 'UPDATE' then
        insert into appos.live_change (record, record_id, version, kind, was)
        select tg_table_schema || '.' || tg_table_name, now_rows.id, now_rows.version, 'updated', to_jsonb(was_rows)
        from now_rows join was_rows on was_rows.id = now_rows.id;
    else
        insert into appos.live_change (record, record_id, version, kind, was)
        select tg_table_schema || '.' || tg_table_name, was_rows.id, was_rows.version, 'deleted', to_jsonb(was_rows)
        from was_rows;
    end if;
    if found then
        perform pg_notify('appos_live', '');
    end if;
    return null;
end $$;

-- Gives positions to what is committed and has none. Work is found by having no position and not by a number that
-- grows, so no transaction that commits late is passed over; whoever changed a record after another had to wait for its
-- commit, so the order of ids is the order of the changes of each record. One at a time: the row is the lock.
create function appos.live_order() returns bigint language plpgsql as $$
declare
    last bigint;
    more bigint;
begin
    perform 1 from appos.live_change where position is null limit 1;
    if not found then
        return (select given from appos.live_position);
    end if;
    select given into last from appos.live_position for update;
    with batch as (
        select id, row_number() over (order by id) as place
        from (select id from appos.live_change where position is null order by id limit 10000) as waiting)
    update appos.live_change c set position = last + batch.place from batch where c.id = batch.id;
    get diagnostics more = row_count;
    update appos.live_position set given = last + more;
    return last + more;
end $$;
