package dev.appos.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Keeps the history of what goes with a record that is removed, or loses its reference to it. PostgreSQL itself does
/// both, and would do so without a word. What goes with a record is a part of it by its author's word: neither
/// permissions nor row filters stand between.
final class Cascade {

    private final Tables tables;
    private final Snapshot snapshot;

    Cascade(Tables tables, Snapshot snapshot) {
        this.tables = tables;
        this.snapshot = snapshot;
    }

    /// The kinds of record that may change when records of one kind are removed, that one included.
    static Set<Ref> reach(Snapshot snapshot, Ref removed) {
        Set<Ref> reached = new HashSet<>();
        Deque<Ref> open = new ArrayDeque<>(List.of(removed));
        while (!open.isEmpty()) {
            Ref next = open.poll();
            if (reached.add(next)) {
                snapshot.ofKind(RecordDefinition.class).stream()
                        .filter(record -> record.fields().stream()
                                .flatMap(field -> field.target().stream())
                                .anyMatch(to -> to.record().equals(next)
                                        && to.onDelete() != ReferentialAction.RESTRICT))
                        .forEach(record -> open.add(record.ref()));
            }
        }
        return reached;
    }

    /// To be called before the records are removed.
    ///
    /// @throws Refusal if more records depend on them than one call changes
    void before(Permit permit, RecordTable table, List<Long> ids) {
        follow(permit, table.ref(), ids, new HashSet<>());
    }

    private void follow(Permit permit, Ref ref, List<Long> ids, Set<Object> seen) {
        if (ids.isEmpty()) {
            return;
        }
        for (RecordDefinition record : snapshot.ofKind(RecordDefinition.class)) {
            for (FieldDefinition field : record.fields()) {
                ReferentialAction action = field.target()
                        .filter(target -> target.record().equals(ref))
                        .map(target -> target.onDelete())
                        .orElse(ReferentialAction.RESTRICT);
                switch (action) {
                    case RESTRICT -> { }
                    case SET_NULL -> {
                        if (keeps(record)) {
                            release(permit, tables.of(record), field, ids);
                        }
                    }
                    case CASCADE -> {
                        if (keeps(record, new HashSet<>())) {
                            remove(permit, tables.of(record), field, ids, seen);
                        }
                    }
                }
            }
        }
    }

    /// Whether something must be done here when the record goes or changes, which PostgreSQL would not do.
    private static boolean keeps(RecordDefinition record) {
        return record.audit() || !record.events().isEmpty();
    }

    /// Whether that is so of the record or of anything that would go or change with it.
    private boolean keeps(RecordDefinition record, Set<Ref> seen) {
        if (keeps(record) || !seen.add(record.ref())) {
            return keeps(record);
        }
        return snapshot.ofKind(RecordDefinition.class).stream()
                .filter(other -> other.fields().stream()
                        .flatMap(field -> field.target().stream())
                        .anyMatch(to -> to.record().equals(record.ref())
                                && to.onDelete() != ReferentialAction.RESTRICT))
                .anyMatch(other -> keeps(other, seen));
    }

    private void remove(Permit permit, RecordTable table, FieldDefinition field, List<Long> ids, Set<Object> seen) {
        List<Map<String, @Nullable Object>> rows = dependents(permit, table, field, ids, noCondition()).stream()
                .filter(row -> seen.add(List.of(table.ref(), row.get(RecordTable.ID))))
                .toList();
        table.events().removing(permit, rows);
        FieldHistory.deleted(permit, table, rows);
        follow(permit, table.ref(), ids(rows), seen);
        table.events().removed(permit, rows);
    }

    private static void release(Permit permit, RecordTable table, FieldDefinition field, List<Long> ids) {
        empty(permit, table, field, dependents(permit, table, field, ids, noCondition()));
    }

    /// Empties the reference of these rows.
    static void empty(
            Permit permit, RecordTable table, FieldDefinition field, List<Map<String, @Nullable Object>> old) {
        if (old.isEmpty()) {
            return;
        }
        List<Map<String, @Nullable Object>> rows = old.stream().map(row -> {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(row);
            changed.put(field.name(), null);
            changed.put(RecordTable.VERSION, (Integer) row.get(RecordTable.VERSION) + 1);
            return changed;
        }).toList();
        Map<Field<?>, @Nullable Object> set = Stamp.changed(permit, table);
        set.put(table.known(field.name()).bare(), null);
        permit.sql()
                .update(table.table())
                .set(set)
                .where(among(table.known(RecordTable.ID).bare(), ids(old)))
                .execute();
        FieldHistory.updated(permit, table, old, rows);
        table.events().updated(permit, old, rows);
    }

    /// The records that refer to these and fit, held until the transaction ends.
    static List<Map<String, @Nullable Object>> dependents(
            Permit permit, RecordTable table, FieldDefinition field, List<Long> ids, Condition which) {
        List<Map<String, @Nullable Object>> rows = Fetch.rows(
                permit.sql()
                        .select(table.all())
                        .from(table.table())
                        .where(among(table.known(field.name()).bare(), ids))
                        .and(which)
                        .orderBy(table.known(RecordTable.ID).bare())
                        .limit(Writes.MOST_CHANGED + 1)
                        .forUpdate(),
                table::row);
        if (rows.size() > Writes.MOST_CHANGED) {
            throw Refusal.tooLarge(
                    "More than %d records of %s depend on what is to be deleted."
                            .formatted(Writes.MOST_CHANGED, table.ref()),
                    "Delete those first, in several calls.");
        }
        return rows;
    }

    static List<Long> ids(List<Map<String, @Nullable Object>> rows) {
        return rows.stream().map(row -> (Long) row.get(RecordTable.ID)).toList();
    }

    static Condition among(Field<Object> column, List<Long> ids) {
        return column.coerce(Long.class).eq(any(ids.toArray(Long[]::new)));
    }
}
