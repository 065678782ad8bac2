package dev.appos.record;

import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.val;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Deletes so that it can be taken back. To everybody a record in the trash is as good as gone: what PostgreSQL does
/// for one that is removed (holding what is referred to, emptying references, taking parts along) is done here for one
/// that is put away, and undone when it comes back.
final class Trash {

    private static final String FOLLOW = """
            update {0} as part set deleted_at = {1}, deleted_by = {2}, deleted_in = whole.deleted_in,
                                   version = part.version + 1
            from {3} as whole where whole.id = part.{4} and part.id = any({5})""";

    private final Tables tables;
    private final Snapshot snapshot;

    Trash(Tables tables, Snapshot snapshot) {
        this.tables = tables;
        this.snapshot = snapshot;
    }

    /// Puts records away that are held by this transaction, and their parts with them.
    ///
    /// @return the records as they were
    /// @throws Refusal if something else refers to one of them that may not lose it
    List<Map<String, @Nullable Object>> put(
            Permit permit, RecordTable table, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        table.events().removing(permit, rows);
        Field<Object> id = table.known(RecordTable.ID).bare();
        Map<Field<?>, @Nullable Object> set = marks(permit, table);
        set.put(RecordTable.DELETED_IN, concat(val(deletion(permit, table.ref())), id.cast(SQLDataType.VARCHAR)));
        permit.sql().update(table.table()).set(set).where(Cascade.among(id, Cascade.ids(rows))).execute();
        FieldHistory.deleted(permit, table, rows);
        follow(permit, table, Cascade.ids(rows));
        table.events().removed(permit, rows);
        return rows;
    }

    private static Map<Field<?>, @Nullable Object> marks(Permit permit, RecordTable table) {
        Field<Object> version = table.known(RecordTable.VERSION).bare();
        Map<Field<?>, @Nullable Object> set = new LinkedHashMap<>();
        set.put(table.known(RecordTable.DELETED_AT).bare(), permit.context().at());
        set.put(table.known(RecordTable.DELETED_BY).bare(), permit.principal().name());
        set.put(version, version.plus(1));
        return set;
    }

    /// What a deletion is called, up to the id of the record that was meant: `exec_1/crm.records.customer/`.
    static String deletion(Permit permit, Ref ref) {
        return permit.context().executionId() + "/" + ref + "/";
    }

    private void follow(Permit permit, RecordTable gone, List<Long> ids) {
        for (RecordDefinition record : snapshot.ofKind(RecordDefinition.class)) {
            for (FieldDefinition field : record.fields()) {
                field.target().filter(target -> target.record().equals(gone.ref())).ifPresent(target ->
                        follow(permit, gone, ids, record, field, target.onDelete()));
            }
        }
    }

    private void follow(
            Permit permit, RecordTable gone, List<Long> ids, RecordDefinition record, FieldDefinition field,
            ReferentialAction action) {
        RecordTable table = tables.of(record);
        switch (action) {
            case RESTRICT -> refuse(permit, gone, ids, record, field);
            case SET_NULL -> {
                List<Map<String, @Nullable Object>> rows =
                        Cascade.dependents(permit, table, field, ids, table.alive());
                Released.keep(permit, table, field, rows, gone);
                Cascade.empty(permit, table, field, rows);
            }
            case CASCADE -> {
                if (table.soft()) {
                    take(permit, gone, table, field, ids);
                } else {
                    // It could not be brought back with its whole.
                    refuse(permit, gone, ids, record, field);
                }
            }
        }
    }

    private void take(Permit permit, RecordTable gone, RecordTable table, FieldDefinition field, List<Long> ids) {
        List<Map<String, @Nullable Object>> rows = Cascade.dependents(permit, table, field, ids, table.alive());
        if (rows.isEmpty()) {
            return;
        }
        table.events().removing(permit, rows);
        permit.sql().execute(
                FOLLOW, table.table(), val(permit.context().at(), SQLDataType.INSTANT), val(permit.principal().name()),
                gone.table(), table.known(field.name()).bare(), val(Cascade.ids(rows).toArray(Long[]::new)));
        FieldHistory.deleted(permit, table, rows);
        follow(permit, table, Cascade.ids(rows));
        table.events().removed(permit, rows);
    }

    private void refuse(
            Permit permit, RecordTable gone, List<Long> ids, RecordDefinition record, FieldDefinition field) {
        RecordTable table = tables.of(record);
        Condition refers = Cascade.among(table.known(field.name()).bare(), ids).and(table.alive());
        if (permit.sql().fetchExists(table.table(), refers)) {
            String what = ids.size() == 1 ? gone.one(ids.getFirst()) : gone.word();
            throw Objections.held(permit, gone, what, record::equals);
        }
    }

    /// Brings back everything that was put away in one deletion.
    ///
    /// @return the rows of `table` that came back
    /// @throws Refusal if a key of theirs is taken by now, or what they refer to is in the trash itself
    List<Map<String, @Nullable Object>> back(Permit permit, RecordTable table, String deletion) {
        Map<RecordTable, List<Map<String, @Nullable Object>>> returned = new LinkedHashMap<>();
        Set<Ref> reached = Cascade.reach(snapshot, table.ref());
        snapshot.ofKind(RecordDefinition.class).stream()
                .filter(record -> record.traits().softDelete() && reached.contains(record.ref()))
                .map(tables::of)
                .forEach(each -> returned.put(each, returned(permit, each, deletion)));
        returned.forEach((each, rows) -> whole(permit, each, rows));
        Released.giveBack(permit, tables, deletion);
        return returned.getOrDefault(table, List.of());
    }

    private static List<Map<String, @Nullable Object>> returned(Permit permit, RecordTable table, String deletion) {
        Map<Field<?>, @Nullable Object> set = Stamp.changed(permit, table);
        set.put(table.known(RecordTable.DELETED_AT).bare(), null);
        set.put(table.known(RecordTable.DELETED_BY).bare(), null);
        set.put(RecordTable.DELETED_IN, null);
        try {
            List<Map<String, @Nullable Object>> rows = permit.sql()
                    .update(table.table())
                    .set(set)
                    .where(RecordTable.DELETED_IN.eq(deletion))
                    .returning(table.all())
                    .fetch()
                    .map(table::row);
            FieldHistory.restored(permit, table, rows);
            return rows;
        } catch (DataAccessException e) {
            throw Objections.written(table, List.of(), e);
        }
    }

    private void whole(Permit permit, RecordTable table, List<Map<String, @Nullable Object>> rows) {
        for (Column column : table.fields()) {
            List<Long> ids = rows.stream()
                    .filter(row -> row.get(column.name()) instanceof Long)
                    .map(row -> (Long) row.get(column.name()))
                    .toList();
            column.field().flatMap(FieldDefinition::target)
                    .flatMap(target -> tables.find(snapshot, target.record()))
                    .filter(to -> to.soft() && !ids.isEmpty())
                    .filter(to -> permit.sql().fetchExists(to.table(), Cascade.among(
                            to.known(RecordTable.ID).bare(), ids).and(to.alive().not())))
                    .ifPresent(to -> {
                        throw Refusal.conflict(
                                "The " + table.word() + " refers to a record that is in the trash: " + to.word() + ".",
                                "Restore the " + to.word() + " first.");
                    });
        }
    }
}
