-- What apps keep with a login session: gone with it.
create table appos.session_value (
    session_id uuid not null references appos.sessions on delete cascade,
    app        text not null check (length(app) between 1 and 100),
    name       text not null check (length(name) between 1 and 100),
    value      json not null check (length(value::text) <= 4000),
    primary key (session_id, app, name)
);

-- Who started an instance, as its body sees it at every run; absent for instances from before.
alter table appos.process_instance add column started_with json;

-- Values of constants that an administrator set while the platform runs, by environment.
create table appos.constant_override (
    ref         text        not null check (length(ref) between 1 and 255),
    environment text        not null check (length(environment) between 1 and 100),
    value       json        not null,
    set_by      text        not null,
    set_at      timestamptz not null,
    primary key (ref, environment)
);
