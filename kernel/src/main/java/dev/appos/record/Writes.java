package dev.appos.record;

import static org.jooq.impl.DSL.or;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordEvent.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Makes changing and removing ready. Each keeps the field history in its own transaction.
final class Writes {

    /// The most records one call changes or removes.
    static final int MOST_CHANGED = 10_000;

    /// With the columns the caller may see: for checks and answers.
    private final RecordTable seen;

    /// With every column: what history keeps.
    private final RecordTable table;

    private final Set<String> fixed;
    private final RowGuard guard;
    private final LinkWrites links;
    private final Cascade cascade;
    private final Trash trash;
    private final Field<Object> id;
    private final Field<Object> version;

    /// @param seen the table with the columns the caller may see
    Writes(Reach reach, RecordDefinition record, RecordTable seen, Cascade cascade, Trash trash) {
        this.seen = seen;
        this.table = seen.whole();
        this.fixed = reach.visible().fixed(record);
        this.guard = new RowGuard(reach, seen);
        this.links = new LinkWrites(reach, seen, false);
        this.cascade = cascade;
        this.trash = trash;
        this.id = table.known(RecordTable.ID).in(RecordTable.ALIAS);
        this.version = table.known(RecordTable.VERSION).in(RecordTable.ALIAS);
    }

    Operation update(Input.UpdateRecord update) {
        Map<String, @Nullable Object> changes = RowCheck.changed(seen, fixed, update.changes());
        return new Operation.Write(permit -> {
            Map<String, @Nullable Object> plain = links.without(changes);
            guard.references(permit, List.of(plain));
            List<Map<String, @Nullable Object>> rows = guard.within(permit, () -> update(permit, update, plain));
            return seen.seen(links.write(permit, List.of(changes), rows)).getFirst();
        });
    }

    private List<Map<String, @Nullable Object>> update(
            Permit permit, Input.UpdateRecord update, Map<String, @Nullable Object> changes) {
        Condition which = id.eq(update.id());
        boolean told = table.events().any(Moment.BEFORE_UPDATE, Moment.ON_UPDATE);
        if (changes.isEmpty() || told || table.audit().isPresent()) {
            return written(permit, List.of(lock(permit, update, changes)), changes);
        }
        Condition still = update.version().isPresent() ? which.and(version.eq(update.version().getAsInt())) : which;
        List<Map<String, @Nullable Object>> written = write(permit, still.and(guard.rows()), changes);
        // Nothing written: it is gone, or stale, or was so already.
        return written.isEmpty() ? List.of(lock(permit, update, changes)) : written;
    }

    /// What a patch makes of the record as the caller sees it; the door decides on it as on any other change.
    Operation patch(Input.PatchRecord patch) {
        Patch read = Patch.of(patch.patch());
        return new Operation.Write(permit -> {
            Map<String, @Nullable Object> old = lock(permit, patch.id(), patch.version());
            Map<String, @Nullable Object> changes = read.changes(seen.seen(old));
            OptionalInt version = OptionalInt.of((Integer) old.get(RecordTable.VERSION));
            return permit.call(Call.of(table.ref(), new Input.UpdateRecord(patch.id(), version, changes)));
        });
    }

    /// Other changes for each of several records.
    Operation update(List<Input.UpdateRecord> updates) {
        if (updates.size() > Creates.MOST_CREATED) {
            throw Creates.tooMany();
        }
        List<Map<String, @Nullable Object>> changes = RowCheck.changed(
                seen, fixed, updates.stream().map(Input.UpdateRecord::changes).toList());
        return new Operation.Write(permit -> {
            List<Map<String, @Nullable Object>> plain = links.without(changes);
            guard.references(permit, plain);
            List<Map<String, @Nullable Object>> rows = guard.within(permit, () -> update(permit, updates, plain));
            return seen.seen(links.write(permit, changes, rows));
        });
    }

    private List<Map<String, @Nullable Object>> update(
            Permit permit, List<Input.UpdateRecord> updates, List<Map<String, @Nullable Object>> changes) {
        Map<Object, Map<String, @Nullable Object>> old = new HashMap<>();
        List<Long> ids = updates.stream().map(Input.UpdateRecord::id).toList();
        lock(permit, Cascade.among(id, ids).and(guard.rows()), ids.size())
                .forEach(row -> old.put(row.get(RecordTable.ID), row));
        List<Map<String, @Nullable Object>> before = new ArrayList<>();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            String place = updates.size() == 1 ? "" : "/" + i;
            // Taken out, so that a record that is named twice is not overwritten by its own second line.
            Map<String, @Nullable Object> was = old.remove(updates.get(i).id());
            try {
                if (was == null) {
                    throw ids.indexOf(ids.get(i)) < i
                            ? Refusal.invalid("The " + table.word(), "/id", "twice", "is sent twice in one call")
                            : Refusal.notFound(table.one(ids.get(i)));
                }
                expect(was, updates.get(i).version());
                Map<String, @Nullable Object> own =
                        changes.get(i).isEmpty() ? Map.of() : changing(permit, was, changes.get(i));
                List<Map<String, @Nullable Object>> written =
                        own.isEmpty() ? List.of() : write(permit, id.eq(ids.get(i)), own);
                rows.add(written.isEmpty() ? was : written.getFirst());
                before.add(was);
            } catch (Refusal refusal) {
                throw refusal.at(place);
            }
        }
        FieldHistory.updated(permit, table, before, rows);
        table.events().updated(permit, before, rows);
        return rows;
    }

    /// @param most more than so many are refused
    Operation update(Filter filter, Map<String, ?> given, int most) {
        refuseEverything(filter, "updated");
        Map<String, @Nullable Object> changes = RowCheck.changed(seen, fixed, given);
        links.refuse(changes);
        return new Operation.Write(permit -> {
            guard.references(permit, List.of(changes));
            return seen.seen(guard.within(permit, () -> {
                List<Map<String, @Nullable Object>> old = lock(permit, filter.condition(), most);
                return written(permit, old, changes);
            }));
        });
    }

    Operation delete(Input.DeleteRecord delete) {
        return table.soft()
                ? new Operation.Write(permit -> seen.seen(trash.put(
                        permit, table, List.of(lock(permit, delete.id(), delete.version()))).getFirst()))
                : forGood(delete);
    }

    /// Removes a record that does not come back.
    Operation forGood(Input.DeleteRecord delete) {
        return new Operation.Write(permit -> {
            Condition which = id.eq(delete.id());
            Condition still = delete.version().isPresent() ? which.and(version.eq(delete.version().getAsInt())) : which;
            if (guard.narrows() || table.events().any(Moment.BEFORE_DELETE)) {
                // Before anything that depends on it is looked at: that would tell of a row that is hidden.
                Map<String, @Nullable Object> old = lock(permit, delete.id(), delete.version());
                table.events().removing(permit, List.of(old));
            }
            cascade.before(permit, table, List.of(delete.id()));
            List<Map<String, @Nullable Object>> gone = remove(permit, still, table.one(delete.id()));
            if (gone.isEmpty()) {
                lock(permit, delete.id(), delete.version());
                throw Refusal.notFound(table.one(delete.id()));
            }
            return seen.seen(gone.getFirst());
        });
    }

    /// @param most more than so many are refused
    Operation delete(Filter filter, int most) {
        refuseEverything(filter, "deleted");
        return new Operation.Write(permit -> {
            List<Map<String, @Nullable Object>> old = lock(permit, filter.condition(), most);
            if (table.soft()) {
                return seen.seen(trash.put(permit, table, old));
            }
            table.events().removing(permit, old);
            cascade.before(permit, table, Cascade.ids(old));
            return old.isEmpty() ? old : seen.seen(remove(permit, among(old), table.word()));
        });
    }

    private void refuseEverything(Filter filter, String done) {
        if (filter.comparisons() == 0) {
            throw Refusal.invalid(
                    Faults.QUERY, "", "unfiltered", "must have a condition, or every " + table.word() + " is " + done);
        }
    }

    /// The record to be changed, held until the transaction ends.
    ///
    /// @throws Refusal if there is none, or others changed it since in a way that the change must not overwrite
    private Map<String, @Nullable Object> lock(
            Permit permit, Input.UpdateRecord update, Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> row = lock(permit, update.id(), OptionalInt.empty());
        int current = (Integer) row.get(RecordTable.VERSION);
        if (update.version().isPresent() && update.version().getAsInt() != current) {
            Conflict conflict = Conflict.of(permit, seen, row, update.version().getAsInt(), changes);
            if (!update.merge() || !conflict.mergeable()) {
                throw conflict.refusal("The " + table.one(update.id()), current);
            }
        }
        return row;
    }

    /// The record as it is, held until the transaction ends.
    ///
    /// @throws Refusal if there is none, or it has moved on
    private Map<String, @Nullable Object> lock(Permit permit, long key, OptionalInt expected) {
        List<Map<String, @Nullable Object>> rows = Fetch.rows(
                permit.sql()
                        .select(table.allAliased())
                        .from(table.aliased())
                        .where(id.eq(key))
                        .and(guard.rows())
                        .forUpdate(),
                table::row);
        if (rows.isEmpty()) {
            throw Refusal.notFound(table.one(key));
        }
        expect(rows.getFirst(), expected);
        return rows.getFirst();
    }

    private void expect(Map<String, @Nullable Object> row, OptionalInt expected) {
        int current = (Integer) row.get(RecordTable.VERSION);
        if (expected.isPresent() && expected.getAsInt() != current) {
            throw Refusal.stale("The " + table.one((Long) row.get(RecordTable.ID)), current);
        }
    }

    /// The records that fit, held until the transaction ends, in the order of their ids.
    ///
    /// @param wanted more than so many are refused
    private List<Map<String, @Nullable Object>> lock(Permit permit, Condition which, int wanted) {
        int most = Math.min(wanted, MOST_CHANGED);
        List<Map<String, @Nullable Object>> rows = Fetch.rows(
                permit.sql()
                        .select(table.allAliased())
                        .from(table.aliased())
                        .where(which)
                        .orderBy(table.known(RecordTable.ID).in(RecordTable.ALIAS))
                        .limit(most + 1)
                        .forUpdate(),
                table::row);
        if (rows.size() > most) {
            throw Refusal.tooLarge(
                    "More than " + most + " records fit.", "Narrow the condition, or use several calls.");
        }
        return rows;
    }

    private Condition among(List<Map<String, @Nullable Object>> rows) {
        return Cascade.among(id, Cascade.ids(rows));
    }

    /// Writes records as the authors want them who have a say before that.
    private List<Map<String, @Nullable Object>> written(
            Permit permit, List<Map<String, @Nullable Object>> old, Map<String, @Nullable Object> changes) {
        if (old.isEmpty() || changes.isEmpty() || !table.events().any(Moment.BEFORE_UPDATE)) {
            return write(permit, among(old), old, changes);
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : old) {
            Map<String, @Nullable Object> own = changing(permit, row, changes);
            rows.addAll(write(permit, among(List.of(row)), List.of(row), own));
        }
        return rows;
    }

    /// The changes as the authors want them; what they set is held to what holds for everybody.
    private Map<String, @Nullable Object> changing(
            Permit permit, Map<String, @Nullable Object> old, Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> own = table.events().changing(permit, old, changes);
        if (own != changes) {
            guard.references(permit, List.of(own));
        }
        return own;
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
        table.events().updated(permit, old, rows);
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
                    .update(table.aliased())
                    .set(set)
                    .where(which)
                    .and(or(different))
                    .returning(table.all())
                    .fetch()
                    .map(table::row);
        } catch (DataAccessException e) {
            throw Objections.written(seen, List.of(changes), e);
        }
    }

    private List<Map<String, @Nullable Object>> remove(Permit permit, Condition which, String what) {
        try {
            List<Map<String, @Nullable Object>> gone = permit.sql()
                    .deleteFrom(table.aliased())
                    .where(which)
                    .returning(table.all())
                    .fetch()
                    .map(table::row);
            FieldHistory.deleted(permit, table, gone);
            table.events().removed(permit, gone);
            return gone;
        } catch (DataAccessException e) {
            throw Objections.removed(permit, table, what, e);
        }
    }
}
