package dev.appos.record;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Operation;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Makes ready what tells a caller of changes: one statement that asks of each change what the caller may see of the
/// record now, and whether it was his to see before.
final class LiveChanges {

    /// The most changes in one answer.
    static final int MOST = 1000;

    private static final Table<Record> CHANGES = table(name("appos", "live_change")).as("c");
    private static final Field<Long> POSITION = field(name("c", "position"), Long.class);
    private static final Field<Long> RECORD_ID = field(name("c", "record_id"), Long.class);
    private static final Field<Integer> VERSION = field(name("c", "version"), Integer.class);
    private static final Field<String> KIND = field(name("c", "kind"), String.class);
    private static final Field<String> RECORD = field(name("c", "record"), String.class);
    private static final Field<Object> WAS = field(name("c", "was"), Object.class);

    /// What stands before the columns of the record in a row.
    private static final int BEFORE = 5;

    private LiveChanges() {}

    /// @throws Refusal if the record type is not live
    static Operation of(Reach reach, RecordDefinition record, RecordTable table, Input.FollowRecords asked) {
        if (!record.traits().live()) {
            throw Refusal.invalid("The list of topics", "/topics", "not_live",
                    record.ref() + " is not live; its author can say @Record(live = true)");
        }
        List<Field<?>> fields = new ArrayList<>(List.of(POSITION, RECORD_ID, VERSION, KIND, before(reach, table)));
        fields.addAll(table.allAliased());
        Field<Long> id = table.known(RecordTable.ID).in(RecordTable.ALIAS).coerce(Long.class);
        Condition now = id.eq(RECORD_ID).and(reach.rows(table, RecordTable.ALIAS));
        Condition which = RECORD.eq(record.ref().app() + "." + record.plural())
                .and(POSITION.gt(asked.after()))
                .and(POSITION.le(asked.upto()));
        return new Operation.Read(permit -> Fetch.rows(
                permit.sql()
                        .select(fields)
                        .from(CHANGES.leftJoin(table.aliased()).on(now))
                        .where(which)
                        .orderBy(POSITION)
                        .limit(Math.min(asked.limit(), MOST)),
                result -> change(table, result)));
    }

    /// Whether the record as it was before the change fits the row filters.
    private static Field<Boolean> before(Reach reach, RecordTable table) {
        Condition rows = reach.rows(table, "o");
        Condition known = WAS.isNotNull();
        if (rows.equals(noCondition())) {
            return field(known);
        }
        Table<Record> old = table("jsonb_populate_record(null::{0}, {1})", table.table(), WAS).as("o");
        return field(known.and(exists(selectOne().from(old).where(rows))));
    }

    /// A change; only its position where neither what was nor what is may be seen.
    private static Map<String, @Nullable Object> change(RecordTable table, ResultSet result) throws SQLException {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("position", result.getLong(1));
        List<Column> columns = table.columns();
        boolean seen = result.getObject(BEFORE + 1) != null;
        if (!seen && !result.getBoolean(BEFORE)) {
            return change;
        }
        change.put("change", seen ? result.getString(4).replace("deleted", "updated") : "gone");
        change.put("id", result.getLong(2));
        if (seen) {
            change.put("version", result.getInt(3));
            Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(columns.size());
            int place = BEFORE + 1;
            for (Column column : columns) {
                row.put(column.name(), column.read(result, place++));
            }
            change.put("record", row);
        }
        return change;
    }
}
