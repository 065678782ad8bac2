-- What administrators said instead of appos.yaml, as it was written.
create table appos.platform_config (
    key        text        primary key check (length(key) between 1 and 200),
    value      text        not null check (length(value) <= 2000),
    changed_at timestamptz not null,
    changed_by text        not null
);
