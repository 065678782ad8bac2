-- Every object of every app as it went live last: what the platform held the sources to be, and since when.
create table appos.object_registry (
    ref           text        primary key check (length(ref) <= 255),
    type          text        not null,
    app           text        not null,
    name          text        not null,
    module        text        not null,
    hash          text        not null,
    metadata      json        not null,
    registered_at timestamptz not null
);

-- What changed each time sources went live. Rows are added and never changed.
create table appos.dependency_changes (
    id          uuid        primary key,
    object_ref  text        not null,
    change_type text        not null check (change_type in ('added', 'removed', 'modified')),
    old_hash    text,
    new_hash    text,
    changed_at  timestamptz not null,
    changed_by  text        not null
);
create index dependency_changes_object on appos.dependency_changes (object_ref, id);
create index dependency_changes_at on appos.dependency_changes (changed_at);

-- Uses that calls showed, beside those that the sources state. A use holds for the code that showed it: with another
-- hash of its caller it is forgotten.
create table appos.dependency_seen (
    caller      text        not null,
    caller_hash text        not null,
    target      text        not null,
    access      text        not null check (access in ('read', 'write', 'execute', 'render')),
    first_seen  timestamptz not null,
    primary key (caller, target, access)
);
