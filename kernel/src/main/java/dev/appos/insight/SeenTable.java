package dev.appos.insight;

import dev.appos.base.Ref;
import dev.appos.registry.Observed;
import dev.appos.registry.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// The uses that calls showed, kept over restarts and shared by the nodes of one platform. A use holds for the code
/// that showed it.
final class SeenTable {

    private SeenTable() {}

    /// Adds uses; one that code showed which is another now takes its place.
    static void add(DSLContext sql, Snapshot snapshot, Collection<Observed.Use> uses, Instant now) {
        for (Observed.Use use : uses) {
            sql.execute(
                    """
                    insert into appos.dependency_seen (caller, caller_hash, target, access, first_seen)
                    values (?, ?, ?, ?, cast(? as timestamptz))
                    on conflict (caller, target, access) do update
                    set caller_hash = excluded.caller_hash, first_seen = excluded.first_seen
                    where dependency_seen.caller_hash <> excluded.caller_hash
                    """,
                    use.caller(), hash(snapshot, use.caller()), use.target().toString(), use.access(),
                    now.atOffset(ZoneOffset.UTC));
        }
    }

    /// The uses of today's code.
    static List<Observed.Use> all(DSLContext sql, Snapshot snapshot) {
        return sql.fetch("select caller, caller_hash, target, access from appos.dependency_seen limit ?",
                        Observed.MOST)
                .stream()
                .filter(row -> row.get("caller_hash", String.class)
                        .equals(hash(snapshot, row.get("caller", String.class))))
                .map(row -> new Observed.Use(
                        row.get("caller", String.class), Ref.of(row.get("target", String.class)),
                        row.get("access", String.class)))
                .toList();
    }

    /// An agent has no code here: what it was seen to use stays.
    private static String hash(Snapshot snapshot, String caller) {
        return Optional.of(caller).flatMap(Ref::parse).map(snapshot::hash).orElse("");
    }
}
