package dev.appos.insight;

import dev.appos.base.Ids;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.object.Definition;
import dev.appos.object.PlatformDefinition;
import dev.appos.registry.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The objects as they went live last, and what changed each time.
final class RegistryTable {

    /// Who changes objects: whoever may write the files, of which the platform knows no name.
    static final String SOURCES = "system:sources";

    private final Ids ids;
    private final Clock clock;

    RegistryTable(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Enters a snapshot that went live and answers how many objects changed. Of several nodes with the same sources
    /// the first enters the change and the others find it there.
    int enter(DSLContext sql, Snapshot snapshot) {
        sql.execute("lock table appos.object_registry in share row exclusive mode");
        Map<String, String> before = new HashMap<>();
        sql.fetch("select ref, hash from appos.object_registry")
                .forEach(row -> before.put(row.get("ref", String.class), row.get("hash", String.class)));
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        int changes = 0;
        for (Definition definition : snapshot.definitions()) {
            if (definition instanceof PlatformDefinition) {
                continue;
            }
            String ref = definition.ref().toString();
            String hash = snapshot.hash(definition.ref());
            String old = before.remove(ref);
            if (!hash.equals(old)) {
                keep(sql, definition, hash, now);
                change(sql, ref, old == null ? "added" : "modified", old, hash, now);
                changes++;
            }
        }
        for (Map.Entry<String, String> gone : before.entrySet()) {
            sql.execute("delete from appos.object_registry where ref = ?", gone.getKey());
            change(sql, gone.getKey(), "removed", gone.getValue(), null, now);
            changes++;
        }
        return changes;
    }

    private static void keep(DSLContext sql, Definition definition, String hash, OffsetDateTime now) {
        Ref ref = definition.ref();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("description", definition.description());
        metadata.put("line", definition.source().line());
        sql.execute(
                """
                insert into appos.object_registry (ref, type, app, name, module, hash, metadata, registered_at)
                values (?, ?, ?, ?, ?, ?, cast(? as json), cast(? as timestamptz))
                on conflict (ref) do update set module = excluded.module, hash = excluded.hash,
                    metadata = excluded.metadata, registered_at = excluded.registered_at
                """,
                ref.toString(), Edges.type(definition), ref.app(), ref.name(), definition.source().file(), hash,
                Json.write(metadata), now);
    }

    private void change(
            DSLContext sql, String ref, String type, @Nullable String before, @Nullable String after,
            OffsetDateTime now) {
        sql.execute(
                """
                insert into appos.dependency_changes
                    (id, object_ref, change_type, old_hash, new_hash, changed_at, changed_by)
                values (?, ?, ?, ?, ?, cast(? as timestamptz), ?)
                """,
                ids.next(), ref, type, DSL.val(before, String.class), DSL.val(after, String.class), now, SOURCES);
    }

    /// Since when each object is as it is.
    static Map<String, Instant> registered(DSLContext sql) {
        Map<String, Instant> registered = new HashMap<>();
        sql.fetch("select ref, registered_at from appos.object_registry")
                .forEach(row -> registered.put(row.get("ref", String.class), row.get("registered_at", Instant.class)));
        return registered;
    }

    /// Changes, newest first: `object_ref, change_type, old_hash, new_hash, changed_at, changed_by`.
    ///
    /// @param ref   of this object only
    /// @param since not older
    static List<Map<String, @Nullable Object>> changes(
            DSLContext sql, Optional<String> ref, Optional<Instant> since, int limit) {
        return sql.fetch(
                        """
                        select object_ref, change_type, old_hash, new_hash, changed_at, changed_by
                        from appos.dependency_changes
                        where (cast({0} as text) is null or object_ref = cast({0} as text))
                          and (cast({1} as timestamptz) is null or changed_at >= cast({1} as timestamptz))
                        order by id desc limit {2}
                        """,
                        DSL.val(ref.orElse(null), String.class),
                        DSL.val(since.orElse(null), Instant.class),
                        DSL.val(limit))
                .map(RegistryTable::change);
    }

    private static Map<String, @Nullable Object> change(Record row) {
        Map<String, @Nullable Object> change = row.intoMap();
        change.put("changed_at", row.get("changed_at", Instant.class));
        return change;
    }
}
