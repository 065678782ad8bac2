package dev.appos.secure;

import dev.appos.secure.Versions.Area;
import dev.appos.store.Database;
import java.util.Optional;
import java.util.UUID;

/// The memory of who there is and what they may do. Decisions are made from it and from nothing else.
///
/// Whoever changes users, groups, grants, agents or credentials calls [#refresh()] after the commit and before the
/// change is acknowledged. Other nodes call it on a rhythm. While the tables cannot be read after a change, nobody is
/// let in.
///
/// Thread-safe.
public final class Directory {

    private final Database database;
    private volatile Roster roster;
    private volatile boolean stale;

    /// Reads the tables.
    public Directory(Database database) {
        this.database = database;
        this.roster = database.read(RosterReader::read);
    }

    /// Brings the memory up to the tables; costs one small query when nothing has changed.
    ///
    /// @throws dev.appos.base.Refusal if the tables cannot be read
    public void refresh() {
        reload();
    }

    /// The active user or agent of this name.
    public Optional<Principal> find(String name) {
        return current().principal(name);
    }

    /// A number that moves when users, groups, grants or agents change.
    public long version() {
        return current().directory();
    }

    /// The id of the active user or agent of this name.
    public Optional<UUID> id(String name) {
        return current().id(name);
    }

    /// The version of the credentials: what was read of them at an earlier one is asked again.
    public long credentials() {
        return current().credentials();
    }

    Roster current() {
        return stale ? recovered() : roster;
    }

    private synchronized Roster recovered() {
        return stale ? reload() : roster;
    }

    /// One at a time: whoever reads later knows more, and must not be overtaken by whoever read earlier.
    private synchronized Roster reload() {
        Roster known = roster;
        boolean done = false;
        try {
            Roster next = database.read(sql -> Versions.of(sql, Area.DIRECTORY) == known.directory()
                    ? known.withCredentials(Versions.of(sql, Area.CREDENTIALS))
                    : RosterReader.read(sql));
            roster = next;
            done = true;
            return next;
        } finally {
            stale = !done;
        }
    }
}
