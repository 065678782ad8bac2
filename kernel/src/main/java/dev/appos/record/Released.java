package dev.appos.record;

import static org.jooq.impl.DSL.val;

import dev.appos.base.Ref;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Remembers which references were emptied because what they led to went to the trash, so that they lead there again
/// when it comes back.
final class Released {

    private static final String KEEP = """
            insert into appos.record_released (deletion, ref, record_id, field, target_id)
            select whole.deleted_in, {0}, part.id, {1}, whole.id
            from {2} as part join {3} as whole on whole.id = part.{4}
            where part.id = any({5})""";

    private static final String KEPT = """
            delete from appos.record_released where deletion = ?
            returning ref, record_id, field, target_id""";

    private static final String FORGET = "delete from appos.record_released where deletion = any(?)";

    private Released() {}

    /// @param gone what the rows refer to, marked as deleted by now
    static void keep(
            Permit permit, RecordTable table, FieldDefinition field, List<Map<String, @Nullable Object>> rows,
            RecordTable gone) {
        if (!rows.isEmpty()) {
            permit.sql().execute(
                    KEEP, val(table.ref().toString()), val(field.name()), table.table(), gone.table(),
                    table.known(field.name()).bare(), val(Cascade.ids(rows).toArray(Long[]::new)));
        }
    }

    /// Lets references lead again where they led, as far as they are still empty.
    static void giveBack(Permit permit, Tables tables, String deletion) {
        for (Record kept : permit.sql().fetch(KEPT, deletion)) {
            tables.find(permit.snapshot(), Ref.of(kept.get("ref", String.class))).ifPresent(table -> giveBack(
                    permit, table, kept.get("record_id", Long.class), kept.get("field", String.class),
                    kept.get("target_id", Long.class)));
        }
    }

    private static void giveBack(Permit permit, RecordTable table, long id, String name, long target) {
        Column column = table.column(name);
        if (column == null) {
            return;
        }
        Field<Object> key = table.known(RecordTable.ID).bare();
        Map<Field<?>, @Nullable Object> set = Stamp.changed(permit, table);
        set.put(column.bare(), target);
        List<Map<String, @Nullable Object>> rows = permit.sql()
                .update(table.table())
                .set(set)
                .where(key.eq(id))
                .and(column.bare().isNull())
                .and(table.alive())
                .returning(table.all())
                .fetch()
                .map(table::row);
        List<Map<String, @Nullable Object>> old = rows.stream().map(row -> {
            Map<String, @Nullable Object> was = new LinkedHashMap<>(row);
            was.put(name, null);
            return was;
        }).toList();
        FieldHistory.updated(permit, table, old, rows);
    }

    /// What was removed for good does not come back.
    static void forget(Permit permit, List<String> deletions) {
        String[] known = deletions.stream().filter(Objects::nonNull).toArray(String[]::new);
        permit.sql().execute(FORGET, (Object) known);
    }
}
