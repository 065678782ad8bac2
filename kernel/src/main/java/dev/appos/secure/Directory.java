package dev.appos.secure;

import dev.appos.secure.Versions.Area;
import dev.appos.store.Database;
import java.util.Optional;

/// The memory of who there is and what they may do. Decisions are made from it and from nothing else.
///
/// Whoever changes users, groups, grants, agents or credentials calls [#refresh()] after the commit and before the change
/// is acknowledged. Other nodes call it on a rhythm. While the tables cannot be read after a change, nobody is let in.
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
        stale = true;
        reload();
    }

    /// The active user or agent of this name.
    public Optional<Principal> find(String name) {
        return current().principal(name);
    }

    Roster current() {
        return stale ? reload() : roster;
    }

    Database database() {
        return database;
    }

    /// One at a time: whoever reads later knows more, and must not be overtaken by whoever read earlier.
    private synchronized Roster reload() {
        stale = true;
        Roster known = roster;
        Roster next = database.read(sql -> {
            if (Versions.of(sql, Area.DIRECTORY) != known.directory()) {
                return RosterReader.read(sql);
            }
            return known.withCredentials(Versions.of(sql, Area.CREDENTIALS));
        });
        roster = next;
        stale = false;
        return next;
    }
}
