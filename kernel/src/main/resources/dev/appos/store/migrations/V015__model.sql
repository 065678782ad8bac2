-- The last number given in each series of running numbers. Whoever takes the next one holds the row until his record is
-- kept or given up, so that no number is missing.
create table appos.running_number (
    record text not null,
    field text not null,
    series text not null,
    last bigint not null check (last > 0),
    primary key (record, field, series)
);
