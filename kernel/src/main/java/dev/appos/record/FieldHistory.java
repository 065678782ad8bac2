package dev.appos.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import dev.appos.base.Json;
import dev.appos.dispatch.EventLog;
import dev.appos.dispatch.Permit;
import dev.appos.object.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Who changed which field, when, from what to what. Rows are added in the transaction of the change, and a trigger
/// keeps anyone from changing them.
final class FieldHistory {

    /// Stands for the whole record when it is removed.
    static final String WHOLE = "_record";

    /// More changes belong on the next page of a report.
    static final int LARGEST = 1000;

    private static final Field<Long> ENTRY = field(name("id"), SQLDataType.BIGINT);
    private static final Field<Long> RECORD = field(name("record_id"), SQLDataType.BIGINT);
    private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    private static final Field<String> FIELD = field(name("field_name"), SQLDataType.CLOB);
    private static final Field<JSONB> OLD = field(name("old_value"), SQLDataType.JSONB);
    private static final Field<JSONB> NEW = field(name("new_value"), SQLDataType.JSONB);
    private static final Field<String> OPERATION = field(name("operation"), SQLDataType.CLOB);
    private static final Field<String> BY = field(name("changed_by"), SQLDataType.CLOB);
    private static final Field<Instant> AT = field(name("changed_at"), SQLDataType.INSTANT);
    private static final Field<String> EXECUTION = field(name("execution_id"), SQLDataType.CLOB);

    private static final Field<String> PROCESS = field(name("process_instance_id"), SQLDataType.CLOB);

    private static final String INSERT = """
            insert into {0} (record_id, version, field_name, old_value, new_value, operation, changed_by, changed_at,
                             execution_id, process_instance_id)
            select record, version, field, cast(old as jsonb), cast(new as jsonb), {1}, {2}, {3}, {4}, {10}
            from unnest({5}, {6}, {7}, {8}, {9}) as change (record, version, field, old, new)""";

    private final Table<Record> log;
    private final String operation;
    private final List<Long> records = new ArrayList<>();
    private final List<Integer> versions = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final List<@Nullable String> before = new ArrayList<>();
    private final List<@Nullable String> after = new ArrayList<>();

    private FieldHistory(Table<Record> log, String operation) {
        this.log = log;
        this.operation = operation;
    }

    /// Keeps the fields given for new records.
    ///
    /// @param given the rows as sent, in the order of `rows`
    static void created(
            Permit permit,
            RecordTable table,
            List<Map<String, @Nullable Object>> given,
            List<Map<String, @Nullable Object>> rows) {
        table.audit().ifPresent(log -> {
            FieldHistory history = new FieldHistory(log, "create");
            for (int i = 0; i < rows.size(); i++) {
                Map<String, @Nullable Object> row = rows.get(i);
                given.get(i).keySet().stream()
                        .filter(field -> !field.equals(RecordTable.ID))
                        .forEach(field -> history.add(row, field, null, row.get(field)));
            }
            history.write(permit);
        });
    }

    /// Keeps the fields of one or many records that differ now from what they were.
    ///
    /// @param old the rows as they were, in the order of `rows`
    static void updated(
            Permit permit,
            RecordTable table,
            List<Map<String, @Nullable Object>> old,
            List<Map<String, @Nullable Object>> rows) {
        table.audit().ifPresent(log -> {
            FieldHistory history = new FieldHistory(log, "update");
            for (int i = 0; i < rows.size(); i++) {
                for (Column column : table.fields()) {
                    Object was = old.get(i).get(column.name());
                    Object is = rows.get(i).get(column.name());
                    if (!Objects.equals(was, is)) {
                        history.add(rows.get(i), column.name(), was, is);
                    }
                }
            }
            history.write(permit);
        });
    }

    /// Keeps with which records of another type one was linked, and is now.
    static void linked(
            Permit permit,
            RecordTable table,
            Map<String, @Nullable Object> row,
            String name,
            List<Long> was,
            List<Long> is) {
        table.audit().ifPresent(log -> {
            FieldHistory history = new FieldHistory(log, "update");
            history.add(row, name, was, is);
            history.write(permit);
        });
    }

    /// Keeps what records were before they were removed.
    static void deleted(Permit permit, RecordTable table, List<Map<String, @Nullable Object>> rows) {
        table.audit().ifPresent(log -> {
            FieldHistory history = new FieldHistory(log, "delete");
            rows.forEach(row -> history.add(row, WHOLE, row, null));
            history.write(permit);
        });
    }

    /// Keeps what records are that came back from the trash.
    static void restored(Permit permit, RecordTable table, List<Map<String, @Nullable Object>> rows) {
        table.audit().ifPresent(log -> {
            FieldHistory history = new FieldHistory(log, "restore");
            rows.forEach(row -> history.add(row, WHOLE, null, row));
            history.write(permit);
        });
    }

    private void add(
            Map<String, @Nullable Object> row, String field, @Nullable Object was, @Nullable Object is) {
        records.add((Long) row.get(RecordTable.ID));
        versions.add((Integer) row.get(RecordTable.VERSION));
        fields.add(field);
        before.add(was == null ? null : Json.write(was));
        after.add(is == null ? null : Json.write(is));
    }

    private void write(Permit permit) {
        if (records.isEmpty()) {
            return;
        }
        permit.sql().execute(
                INSERT,
                log,
                val(operation),
                val(permit.principal().name()),
                val(permit.context().at(), SQLDataType.INSTANT),
                val(permit.context().executionId()),
                val(records.toArray(Long[]::new)),
                val(versions.toArray(Integer[]::new)),
                val(fields.toArray(String[]::new)),
                val(before.toArray(String[]::new)),
                val(after.toArray(String[]::new)),
                val(EventLog.process().map(UUID::toString).orElse(null), SQLDataType.CLOB));
    }

    /// The changes of one record, newest first: of the fields that exist for the caller, and no others. What was a
    /// field once may have been hidden from him.
    static List<Map<String, @Nullable Object>> of(
            Permit permit, Table<Record> log, Lifecycle.History history, RecordTable table) {
        Set<String> seen = new HashSet<>(table.names());
        seen.addAll(table.links().keySet());
        return permit.sql()
                .select(FIELD, OLD, NEW, OPERATION, BY, AT, EXECUTION, PROCESS, VERSION)
                .from(log)
                .where(RECORD.eq(history.id()))
                .and(FIELD.in(seen).or(FIELD.eq(WHOLE)))
                .orderBy(ENTRY.desc())
                .limit(history.limit())
                .fetch(fetched -> entry(fetched, seen));
    }

    private static Map<String, @Nullable Object> entry(Record fetched, Set<String> seen) {
        boolean whole = WHOLE.equals(fetched.get(FIELD));
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put(FIELD.getName(), fetched.get(FIELD));
        entry.put(OLD.getName(), value(fetched.get(OLD), whole, seen));
        entry.put(NEW.getName(), value(fetched.get(NEW), whole, seen));
        entry.put(OPERATION.getName(), fetched.get(OPERATION));
        entry.put(BY.getName(), fetched.get(BY));
        entry.put(AT.getName(), fetched.get(AT));
        entry.put(EXECUTION.getName(), fetched.get(EXECUTION));
        entry.put(PROCESS.getName(), fetched.get(PROCESS));
        entry.put(VERSION.getName(), fetched.get(VERSION));
        return entry;
    }

    /// A whole record only with what is seen of it.
    private static @Nullable Object value(@Nullable JSONB stored, boolean whole, Set<String> seen) {
        Object value = json(stored);
        if (whole && value instanceof Map<?, ?> row) {
            row.keySet().retainAll(seen);
        }
        return value;
    }

    private static @Nullable Object json(@Nullable JSONB stored) {
        return stored == null ? null : Json.read(stored.data());
    }
}
