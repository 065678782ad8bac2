package dev.appos.secure;

import dev.appos.secure.Versions.Area;
import dev.appos.store.Database;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The memory of who there is and what they may do. Decisions are made from it and from nothing else.
///
/// Whoever changes users, groups, grants, agents or credentials calls [#refresh()] after the commit and before the
/// change is acknowledged; by then no node lets anybody in by what was there before. While the tables cannot be read,
/// nobody is let in.
///
/// Thread-safe.
public final class Directory {

    private final Database database;
    private final Coherence coherence;
    private volatile @Nullable Roster roster;

    /// Reads the tables.
    public Directory(Database database, Coherence coherence) {
        this.database = database;
        this.coherence = coherence;
        coherence.keep(Area.DIRECTORY, () -> known().directory(), sql -> roster = RosterReader.read(sql));
        coherence.keep(Area.CREDENTIALS, () -> known().credentials(), sql -> roster =
                known().withCredentials(Versions.of(sql, Area.CREDENTIALS)));
    }

    /// Makes a change that was committed felt, here and on every other node.
    ///
    /// @throws dev.appos.base.Refusal if the tables cannot be read, or another node does not follow
    public void refresh() {
        coherence.settle();
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
        coherence.ensure();
        return known();
    }

    private Roster known() {
        Roster known = roster;
        if (known == null) {
            throw new IllegalStateException("asked before anything was read");
        }
        return known;
    }
}
