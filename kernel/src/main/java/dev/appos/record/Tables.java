package dev.appos.record;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.appos.base.Ref;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import java.util.Optional;

/// Keeps what was made ready for each definition, until the definition itself is gone. Thread-safe.
final class Tables {

    /// By identity, so that an old and a new generation of an app stand side by side, and the old one can go.
    private final LoadingCache<RecordDefinition, RecordTable> known =
            Caffeine.newBuilder().weakKeys().build(RecordTable::new);

    private volatile SmallTables small = SmallTables.NONE;

    RecordTable of(RecordDefinition record) {
        return known.get(record);
    }

    Optional<RecordTable> find(Snapshot snapshot, Ref ref) {
        return snapshot.find(ref)
                .filter(RecordDefinition.class::isInstance)
                .map(RecordDefinition.class::cast)
                .map(this::of);
    }

    /// Whether all of a table is read as fast as one of its rows.
    boolean small(RecordTable table) {
        return small.have(table.table());
    }

    /// Takes note of which tables are small. What was made ready for others is made anew.
    void measured(SmallTables now) {
        if (!now.equals(small)) {
            small = now;
            known.invalidateAll();
        }
    }
}
