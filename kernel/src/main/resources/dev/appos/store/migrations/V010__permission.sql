-- What each running node has seen of appos.security_version. Whoever changes users, grants, credentials or policies waits
-- for every row here to catch up or to fall silent; see dev.appos.secure.Coherence.
create table appos.security_lease (
    node        uuid        primary key,
    beat        bigint      not null,
    directory   bigint      not null,
    credentials bigint      not null,
    policies    bigint      not null,
    told_at     timestamptz not null
);
