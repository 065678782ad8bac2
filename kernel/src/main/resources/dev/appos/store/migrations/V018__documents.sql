-- What a folder, or a record type whose records carry documents, holds by now. One row each, made when first used:
-- who adds to it waits here for the others, so that the limit is exact.
create table appos.document_folders (
    ref        text    primary key check (length(ref) between 1 and 255),
    is_active  boolean not null default true,
    used_bytes bigint  not null default 0 check (used_bytes >= 0)
);

-- Each content that is kept, once, however many versions have it. Whoever keeps or removes content holds its row.
create table appos.document_contents (
    sha256     text        primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint      not null check (size_bytes >= 0),
    stored_at  timestamptz not null
);

-- A document as it is now. record_id names the record it is attached to, where ref is a record type.
create table appos.document_meta (
    id          uuid        primary key,
    ref         text        not null references appos.document_folders,
    record_id   bigint,
    name        text        not null check (length(name) between 1 and 255),
    mime_type   text        not null,
    size_bytes  bigint      not null,
    sha256      text        not null,
    version     integer     not null check (version >= 1),
    tags        text[]      not null,
    owner       text        not null,
    is_archived boolean     not null default false,
    archived_at timestamptz,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    updated_by  text        not null
);
create index document_meta_place on appos.document_meta (ref, record_id, id);
create index document_meta_age on appos.document_meta (ref, updated_at);

create table appos.document_versions (
    document_id uuid        not null references appos.document_meta on delete cascade,
    version     integer     not null check (version >= 1),
    sha256      text        not null references appos.document_contents,
    mime_type   text        not null,
    size_bytes  bigint      not null check (size_bytes >= 0),
    uploaded_by text        not null,
    uploaded_at timestamptz not null,
    change_note text        not null check (length(change_note) <= 1000),
    primary key (document_id, version)
);
create index document_versions_content on appos.document_versions (sha256);
