package dev.appos.record;

import dev.appos.object.Input;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads rows that are to be added or changed: what each says, and by what it is known again.
final class UpsertRows {

    private final RecordTable table;
    private final Input.UpsertRecords input;
    private final List<String> key;
    private final Faults faults = new Faults();

    /// A row that was sent, checked.
    ///
    /// @param index   its place in what was sent
    /// @param key     the values it is known by, or nothing where it cannot be there already
    /// @param version of the record, where one is expected
    record Sent(int index, @Nullable List<Object> key, OptionalInt version, Map<String, @Nullable Object> fields) {

        /// The id of the record it means, where it means one.
        @Nullable Long id() {
            return (Long) fields.get(RecordTable.ID);
        }
    }

    private UpsertRows(RecordTable table, Input.UpsertRecords input, List<String> key) {
        this.table = table;
        this.input = input;
        this.key = key;
    }

    /// The columns by which a record is known again, in the order of their declaration.
    ///
    /// @throws dev.appos.base.Refusal if no such key was declared, or it is not the caller's to know
    static List<String> key(RecordTable table, List<String> wanted) {
        Set<String> columns = wanted.isEmpty() ? Set.of(RecordTable.ID) : new HashSet<>(wanted);
        for (List<String> key : table.keys()) {
            if (columns.equals(new HashSet<>(key))) {
                return key;
            }
        }
        Faults faults = new Faults();
        faults.add("/on_conflict", "unknown", "must be a unique key of " + table.word() + ": "
                + String.join(" or ", table.keys().stream().map(one -> String.join(",", one)).toList()));
        faults.refuse(Faults.QUERY);
        throw new IllegalStateException("refused before");
    }

    /// @param fixed the columns the caller may not write
    /// @throws dev.appos.base.Refusal naming every fault
    static List<Sent> read(RecordTable table, Set<String> fixed, Input.UpsertRecords input, List<String> key) {
        UpsertRows rows = new UpsertRows(table, input, key);
        List<OptionalInt> versions = new ArrayList<>();
        List<Map<String, Object>> fields = new ArrayList<>();
        for (int i = 0; i < input.rows().size() && !rows.faults.full(); i++) {
            Map<String, Object> row = new LinkedHashMap<>(input.rows().get(i));
            versions.add(rows.identity(row, rows.place(i)));
            fields.add(row);
        }
        rows.faults.refuse("The " + table.word());
        return rows.distinct(RowCheck.sent(table, fixed, fields), versions);
    }

    private String place(int index) {
        return input.rows().size() == 1 ? "" : "/" + index;
    }

    private boolean byId() {
        return key.equals(List.of(RecordTable.ID));
    }

    /// Looks at what says which record is meant, and takes the version out: it is expected, not written.
    private OptionalInt identity(Map<String, Object> row, String place) {
        boolean named = row.get(RecordTable.ID) != null;
        if (!named) {
            row.remove(RecordTable.ID);
        }
        if (!byId()) {
            if (named) {
                faults.add(place + "/id", "read_only", "is written by the platform alone");
            }
            key.stream().filter(column -> !row.containsKey(column)).forEach(column -> faults.add(
                    place + Faults.pointer(column), "required", "must be given, because records are known by it"));
            return OptionalInt.empty();
        }
        if (!named || row.get(RecordTable.VERSION) == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of((Integer) Values.convert(
                    ValueType.INTEGER, List.of(), row.remove(RecordTable.VERSION)));
        } catch (IllegalArgumentException e) {
            faults.add(place + "/version", "type", String.valueOf(e.getMessage()));
            return OptionalInt.empty();
        }
    }

    /// One row for each record: a second one would undo the first, or be left alone with it.
    private List<Sent> distinct(List<Map<String, @Nullable Object>> checked, List<OptionalInt> versions) {
        List<Sent> sent = new ArrayList<>();
        Map<List<Object>, Integer> first = new HashMap<>();
        for (int i = 0; i < checked.size(); i++) {
            List<Object> values = values(checked.get(i), key);
            Integer twin = values == null ? null : first.putIfAbsent(values, i);
            if (twin == null) {
                sent.add(new Sent(i, values, versions.get(i), checked.get(i)));
            } else if (input.merge()) {
                faults.add(place(i), "twice", "has the same " + String.join(" and ", key) + " as row " + twin);
            }
        }
        faults.refuse("The " + table.word());
        return sent;
    }

    /// The values of the key; nothing where one is null, for then PostgreSQL too takes it for another record.
    static @Nullable List<Object> values(Map<String, @Nullable Object> row, List<String> key) {
        List<Object> values = new ArrayList<>();
        for (String column : key) {
            Object value = row.get(column);
            if (value == null) {
                return null;
            }
            values.add(value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
        }
        return values;
    }
}
