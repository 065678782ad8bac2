package dev.appos.record;

import static org.jooq.impl.DSL.or;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Makes changing and removing ready. Each keeps the field history in its own transaction.
final class Writes {

    /// The most records one call changes or removes.
    static final int MOST_CHANGED = 10_000;

    private final RecordTable table;
    private final Cascade cascade;
    private final Field<Object> id;
    private final Field<Object> version;

    Writes(RecordTable table, Cascade cascade) {
        this.table = table;
        this.cascade = cascade;
        this.id = table.known(RecordTable.ID).bare();
        this.version = table.known(RecordTable.VERSION).bare();
    }

    Operation update(Input.UpdateRecord update) {
        Map<String, @Nullable Object> changes = RowCheck.changed(table, update.changes());
        return new Operation.Write(permit -> {
            Condition which = id.eq(update.id());
            if (changes.isEmpty() || table.audit().isPresent()) {
                Map<String, @Nullable Object> old = lock(permit, update.id(), update.version());
                return write(permit, which, List.of(old), changes).getFirst();
            }
            Condition still = update.version().isPresent() ? which.and(version.eq(update.version().getAsInt())) : which;
            List<Map<String, @Nullable Object>> written = write(permit, still, changes);
            // Nothing written: it is gone, or stale, or was so already.
            return written.isEmpty() ? lock(permit, update.id(), update.version()) : written.getFirst();
        });
    }

    Operation update(Filter filter, Map<String, ?> given) {
        refuseEverything(filter, "updated");
        Map<String, @Nullable Object> changes = RowCheck.changed(table, given);
        return new Operation.Write(permit -> {
            List<Map<String, @Nullable Object>> old = lock(permit, filter);
            return write(permit, among(old), old, changes);
        });
    }

    Operation delete(Input.DeleteRecord delete) {
        return new Operation.Write(permit -> {
            Condition which = id.eq(delete.id());
            Condition still = delete.version().isPresent() ? which.and(version.eq(delete.version().getAsInt())) : which;
            cascade.before(permit, table, List.of(delete.id()));
            List<Map<String, @Nullable Object>> gone = remove(permit, still, table.one(delete.id()));
            if (gone.isEmpty()) {
                lock(permit, delete.id(), delete.version());
                throw Refusal.notFound(table.one(delete.id()));
            }
            return gone.getFirst();
        });
    }

    Operation delete(Filter filter) {
        refuseEverything(filter, "deleted");
        return new Operation.Write(permit -> {
            List<Map<String, @Nullable Object>> old = lock(permit, filter);
            cascade.before(permit, table, Cascade.ids(old));
            return old.isEmpty() ? old : remove(permit, among(old), table.word());
        });
    }

    private void refuseEverything(Filter filter, String done) {
        if (filter.comparisons() == 0) {
            throw Refusal.invalid(
                    Faults.QUERY, "", "unfiltered", "must have a condition, or every " + table.word() + " is " + done);
        }
    }

    /// The record as it is, held until the transaction ends.
    ///
    /// @throws Refusal if there is none, or it has moved on
    private Map<String, @Nullable Object> lock(Permit permit, long key, OptionalInt expected) {
        List<Map<String, @Nullable Object>> rows = Fetch.rows(
                permit.sql().select(table.all()).from(table.table()).where(id.eq(key)).forUpdate(), table::row);
        if (rows.isEmpty()) {
            throw Refusal.notFound(table.one(key));
        }
        int current = (Integer) rows.getFirst().get(RecordTable.VERSION);
        if (expected.isPresent() && expected.getAsInt() != current) {
            throw Refusal.stale("The " + table.one(key), current);
        }
        return rows.getFirst();
    }

    /// The records that fit, held until the transaction ends, in the order of their ids.
    private List<Map<String, @Nullable Object>> lock(Permit permit, Filter filter) {
        Reach.check(permit, filter.reaches());
        List<Map<String, @Nullable Object>> rows = Fetch.rows(
                permit.sql()
                        .select(table.allAliased())
                        .from(table.aliased())
                        .where(filter.condition())
                        .orderBy(table.known(RecordTable.ID).in(RecordTable.ALIAS))
                        .limit(MOST_CHANGED + 1)
                        .forUpdate(),
                table::row);
        if (rows.size() > MOST_CHANGED) {
            throw Refusal.tooLarge(
                    "More than " + MOST_CHANGED + " records fit.", "Narrow the condition and use several calls.");
        }
        return rows;
    }

    private Condition among(List<Map<String, @Nullable Object>> rows) {
        return Cascade.among(table, RecordTable.ID, Cascade.ids(rows));
    }

    /// Writes records whose old rows are known, and answers them all, also those that were so already.
    private List<Map<String, @Nullable Object>> write(
            Permit permit,
            Condition which,
            List<Map<String, @Nullable Object>> old,
            Map<String, @Nullable Object> changes) {
        if (old.isEmpty() || changes.isEmpty()) {
            return old;
        }
        Map<Object, Map<String, @Nullable Object>> written = new HashMap<>();
        write(permit, which, changes).forEach(row -> written.put(row.get(RecordTable.ID), row));
        List<Map<String, @Nullable Object>> rows =
                old.stream().map(row -> written.getOrDefault(row.get(RecordTable.ID), row)).toList();
        FieldHistory.updated(permit, table, old, rows);
        return rows;
    }

    /// Writes those records that are not so already, and answers them.
    private List<Map<String, @Nullable Object>> write(
            Permit permit, Condition which, Map<String, @Nullable Object> changes) {
        Map<Field<?>, @Nullable Object> set = new LinkedHashMap<>();
        List<Condition> different = new ArrayList<>();
        changes.forEach((name, value) -> {
            Column column = table.known(name);
            set.put(column.bare(), column.stored(value));
            different.add(column.bare().isDistinctFrom(column.stored(value)));
        });
        set.putAll(Stamp.changed(permit, table));
        try {
            return permit.sql()
                    .update(table.table())
                    .set(set)
                    .where(which)
                    .and(or(different))
                    .returning(table.all())
                    .fetch()
                    .map(table::row);
        } catch (DataAccessException e) {
            throw Objections.written(table, List.of(changes), e);
        }
    }

    private List<Map<String, @Nullable Object>> remove(Permit permit, Condition which, String what) {
        try {
            List<Map<String, @Nullable Object>> gone = permit.sql()
                    .deleteFrom(table.table())
                    .where(which)
                    .returning(table.all())
                    .fetch()
                    .map(table::row);
            FieldHistory.deleted(permit, table, gone);
            return gone;
        } catch (DataAccessException e) {
            throw Objections.removed(permit, table, what, e);
        }
    }
}
