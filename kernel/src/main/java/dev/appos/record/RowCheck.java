package dev.appos.record;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordEvent.Moment;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks rows as callers send them, and answers them as they will be stored. Every fault is named at once, under the
/// place in what was sent: `/email` for one row, `/3/email` for many.
final class RowCheck {

    /// The numbers after it must last for ever, and programs in JavaScript must be able to read them.
    private static final long LARGEST_ID = 1L << 53;

    private final RecordTable table;
    private final Set<String> fixed;
    private final Map<String, Integer> indexed = new HashMap<>();
    private final Faults faults = new Faults();

    private RowCheck(RecordTable table, Set<String> fixed) {
        this.table = table;
        this.fixed = fixed;
        for (List<String> key : table.whole().keys()) {
            // The columns of a key share the room there is in its index.
            key.forEach(name -> indexed.merge(name, FieldCheck.LONGEST_KEY / key.size(), Math::min));
        }
    }

    /// New rows.
    ///
    /// @param fixed the columns the caller may not write
    /// @throws Refusal naming every fault
    static List<Map<String, @Nullable Object>> created(
            RecordTable table, Set<String> fixed, List<? extends Map<String, ?>> rows) {
        RowCheck check = new RowCheck(table, fixed);
        List<Map<String, @Nullable Object>> checked = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size() && !check.faults.full(); i++) {
            String prefix = rows.size() == 1 ? "" : "/" + i;
            Map<String, @Nullable Object> row = check.fields(rows.get(i), prefix, true);
            if (!table.events().any(Moment.BEFORE_CREATE)) {
                check.missing(row, prefix);
            }
            checked.add(row);
        }
        check.faults.refuse("The " + table.word());
        return checked;
    }

    /// Rows of which some may be there already: what is missing in the others, [#missing(RecordTable, Map)] finds.
    ///
    /// @param fixed the columns the caller may not write
    /// @throws Refusal naming every fault
    static List<Map<String, @Nullable Object>> sent(
            RecordTable table, Set<String> fixed, List<? extends Map<String, ?>> rows) {
        RowCheck check = new RowCheck(table, fixed);
        List<Map<String, @Nullable Object>> checked = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size() && !check.faults.full(); i++) {
            checked.add(check.fields(rows.get(i), rows.size() == 1 ? "" : "/" + i, true));
        }
        check.faults.refuse("The " + table.word());
        return checked;
    }

    /// Refuses new rows that lack something.
    ///
    /// @param rows by the place in what was sent
    static void missing(RecordTable table, Map<String, Map<String, @Nullable Object>> rows) {
        RowCheck check = new RowCheck(table, Set.of());
        rows.forEach((place, row) -> check.missing(row, place));
        check.faults.refuse("The " + table.word());
    }

    /// Changes of several rows that exist, other ones of each.
    ///
    /// @param fixed the columns the caller may not write
    /// @throws Refusal naming every fault
    static List<Map<String, @Nullable Object>> changed(
            RecordTable table, Set<String> fixed, List<? extends Map<String, ?>> rows) {
        RowCheck check = new RowCheck(table, fixed);
        List<Map<String, @Nullable Object>> checked = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size() && !check.faults.full(); i++) {
            checked.add(check.fields(rows.get(i), rows.size() == 1 ? "" : "/" + i, false));
        }
        check.faults.refuse("The " + table.word());
        return checked;
    }

    /// Checked rows that the authors had their say about by now: nothing that is needed may be missing.
    ///
    /// @throws Refusal naming every fault
    static void complete(RecordTable table, List<Map<String, @Nullable Object>> rows) {
        RowCheck check = new RowCheck(table, Set.of());
        for (int i = 0; i < rows.size() && !check.faults.full(); i++) {
            check.missing(rows.get(i), rows.size() == 1 ? "" : "/" + i);
        }
        check.faults.refuse("The " + table.word());
    }

    /// Changes of rows that exist.
    ///
    /// @param fixed the columns the caller may not write
    /// @throws Refusal naming every fault
    static Map<String, @Nullable Object> changed(RecordTable table, Set<String> fixed, Map<String, ?> changes) {
        RowCheck check = new RowCheck(table, fixed);
        Map<String, @Nullable Object> checked = check.fields(changes, "", false);
        check.faults.refuse("The " + table.word());
        return checked;
    }

    private Map<String, @Nullable Object> fields(Map<String, ?> given, String prefix, boolean creating) {
        Map<String, @Nullable Object> checked = LinkedHashMap.newLinkedHashMap(given.size());
        for (Map.Entry<String, ?> each : given.entrySet()) {
            String name = each.getKey();
            String path = prefix + Faults.pointer(name);
            Column column = table.column(name);
            if (column == null && table.links().containsKey(name)) {
                links(checked, path, name, each.getValue());
            } else if (column == null) {
                List<String> known = table.fields().stream().map(Column::name).toList();
                String remedy = Nearest.remedy(name, known);
                faults.add(path, "unknown", "is not a field of " + table.word() + ". " + remedy);
            } else if (creating && name.equals(RecordTable.ID) && each.getValue() != null) {
                id(checked, path, each.getValue());
            } else if (column.field().isEmpty()) {
                faults.add(path, "read_only", "is written by the platform alone");
            } else if (column.field().map(FieldDefinition::readOnly).orElse(false)) {
                faults.add(path, "read_only", "is written by the platform alone");
            } else if (fixed.contains(name)) {
                faults.add(path, "restricted", "is yours to see, but not to write");
            } else {
                value(checked, path, column, each.getValue());
            }
        }
        return checked;
    }

    private void links(Map<String, @Nullable Object> checked, String path, String name, @Nullable Object given) {
        if (!(given instanceof List<?> list) || list.size() > LinkWrites.MOST) {
            faults.add(path, "type", "must be a list of at most " + LinkWrites.MOST + " ids");
            return;
        }
        List<Object> ids = new ArrayList<>(list.size());
        for (Object each : list) {
            try {
                ids.add(Values.convert(ValueType.LONG, List.of(), each == null ? "" : each));
            } catch (IllegalArgumentException e) {
                faults.add(path + "/" + ids.size(), "type", String.valueOf(e.getMessage()));
                return;
            }
        }
        checked.put(name, ids);
    }

    private void id(Map<String, @Nullable Object> checked, String path, Object given) {
        try {
            long id = (Long) Values.convert(ValueType.LONG, List.of(), given);
            if (id < 1) {
                faults.add(path, "min", "must be at least 1");
            }
            if (id > LARGEST_ID) {
                faults.add(path, "max", "must be at most " + LARGEST_ID);
            }
            checked.put(RecordTable.ID, id);
        } catch (IllegalArgumentException e) {
            faults.add(path, "type", String.valueOf(e.getMessage()));
        }
    }

    private void value(Map<String, @Nullable Object> checked, String path, Column column, @Nullable Object given) {
        FieldDefinition field = column.field().orElseThrow();
        if (given == null) {
            if (field.required()) {
                faults.add(path, "required", "must not be null");
            }
            checked.put(column.name(), null);
            return;
        }
        int longest = indexed.getOrDefault(column.name(), Integer.MAX_VALUE);
        try {
            checked.put(column.name(), FieldCheck.of(column, field, longest, given));
        } catch (FieldCheck.Wrong wrong) {
            faults.add(path, wrong.code(), String.valueOf(wrong.getMessage()));
            // A wrong value is not a missing one.
            checked.put(column.name(), null);
        }
    }

    private void missing(Map<String, @Nullable Object> row, String prefix) {
        for (Column column : table.fields()) {
            FieldDefinition field = column.field().orElseThrow();
            if (field.mustBeGiven() && !row.containsKey(column.name())) {
                faults.add(prefix + Faults.pointer(column.name()), "required", "must be given");
            }
        }
    }
}
