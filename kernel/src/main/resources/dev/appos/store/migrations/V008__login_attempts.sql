-- Wrong logins by name and address, and by name alone where the address is empty. Names nobody has are counted alike.
create table appos.login_attempts (
    username     text        not null,
    ip           text        not null,
    failed       integer     not null,
    since        timestamptz not null,
    locked_until timestamptz,
    primary key (username, ip)
);
create index login_attempts_since on appos.login_attempts (since);

alter table appos.users drop column failed_attempts, drop column locked_until;
