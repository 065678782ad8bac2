-- Schema appos is there already: the history of these files is kept in it.

-- The server processes that share this database. A process whose beat stands still is gone.
create table appos.node (
    id         uuid        primary key,
    name       text        not null check (name <> ''),
    started_at timestamptz not null default now(),
    beat       timestamptz not null default now()
);
