package dev.appos.record;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.ImportHandling;
import dev.appos.object.ImportHandling.OnConflict;
import dev.appos.object.Imported;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Values;
import dev.appos.secure.Principal;
import dev.appos.store.SqlFault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Takes rows of a file, as any other creation and change takes them: with checks, history and row rules. The whole
/// part at once first, and row by row where something is wrong with it, so that a faulty row costs only itself.
final class Imports {

    /// The most rows in one call.
    static final int MOST = 10_000;

    private static final String PART = "appos_part";
    private static final String ROW = "appos_row";

    private final Reach reach;
    private final RecordDefinition record;
    private final RecordTable table;

    /// @param table with the columns the caller may see
    Imports(Reach reach, RecordDefinition record, RecordTable table) {
        this.reach = reach;
        this.record = record;
        this.table = table;
    }

    Operation take(Input.ImportRecords part) {
        if (part.rows().size() > MOST) {
            throw Refusal.tooLarge("More than " + MOST + " rows were sent at once.", "Send them in several calls.");
        }
        ImportHandling handling = part.handling();
        if (handling.onConflict() != OnConflict.REFUSE
                && table.keys().stream().noneMatch(key -> Set.copyOf(key).equals(Set.copyOf(handling.key())))) {
            throw Refusal.invalid("The import", "/key", "unique", "must be columns that are unique together");
        }
        return new Operation.Write(permit -> {
            boolean everything = permit.principal() instanceof Principal.Platform || permit.account().isSystemAdmin();
            if (handling.fast() && !everything) {
                throw Refusal.forbidden("A fast import", "it leaves out events and history",
                        "Import without it, or ask an administrator.");
            }
            return handling.fast()
                    ? new FastImport(table, reach.visible().fixed(record)).take(permit, part)
                    : new Run(permit, handling, everything).all(part.rows());
        });
    }

    /// One part, under one permit.
    private final class Run {

        private final Permit permit;
        private final ImportHandling handling;
        private final boolean keeping;
        private final List<Fault> faults = new ArrayList<>();
        private int created;
        private int updated;
        private int ignored;

        Run(Permit permit, ImportHandling handling, boolean keeping) {
            this.permit = permit;
            this.handling = handling;
            this.keeping = keeping;
        }

        Imported all(List<Map<String, @Nullable Object>> rows) throws Throwable {
            if (!rows.isEmpty() && !together(rows)) {
                for (int i = 0; i < rows.size(); i++) {
                    one(i, rows.get(i));
                }
            }
            return new Imported(created, updated, ignored, faults);
        }

        /// Whether all rows went in at once; if not, nothing of them is kept.
        private boolean together(List<Map<String, @Nullable Object>> rows) throws Throwable {
            permit.sql().execute("savepoint " + PART);
            try {
                if (write(rows)) {
                    return true;
                }
            } catch (Refusal | DataAccessException failure) {
                if (general(failure)) {
                    throw failure;
                }
            }
            permit.sql().execute("rollback to savepoint " + PART);
            created = 0;
            updated = 0;
            ignored = 0;
            return false;
        }

        private void one(int place, Map<String, @Nullable Object> row) throws Throwable {
            // What can be known without the database costs no savepoint.
            List<Fault> wrong = handling.onConflict() == OnConflict.REFUSE ? check(row) : List.of();
            if (wrong.isEmpty()) {
                permit.sql().execute("savepoint " + ROW);
                try {
                    write(List.of(row));
                    permit.sql().execute("release savepoint " + ROW);
                } catch (Refusal | DataAccessException failure) {
                    if (general(failure)) {
                        throw failure;
                    }
                    permit.sql().execute("rollback to savepoint " + ROW);
                    wrong = faults(failure);
                }
            }
            wrong.forEach(fault -> faults.add(new Fault("/" + place + fault.path(), fault.code(), fault.message())));
        }

        private List<Fault> check(Map<String, @Nullable Object> row) {
            try {
                RowCheck.created(table, reach.visible().fixed(record), List.of(given(row)));
                return List.of();
            } catch (Refusal refusal) {
                return faults(refusal);
            }
        }

        /// Writes rows, or answers that they must be taken one by one because two of them are about one record.
        private boolean write(List<Map<String, @Nullable Object>> rows) throws Throwable {
            Map<List<Object>, Long> known = handling.onConflict() == OnConflict.REFUSE ? Map.of() : known(rows);
            List<Map<String, @Nullable Object>> fresh = new ArrayList<>();
            Set<List<Object>> met = new HashSet<>();
            for (Map<String, @Nullable Object> row : rows) {
                List<Object> key = key(row);
                if (key != null && !met.add(key)) {
                    return false;
                }
                Long id = key == null ? null : known.get(key);
                if (id == null) {
                    fresh.add(given(row));
                } else {
                    change(id, row);
                }
            }
            if (!fresh.isEmpty()) {
                new Creates(reach, record, table).create(fresh, keeping).work().run(permit);
                created += fresh.size();
            }
            return true;
        }

        private void change(long id, Map<String, @Nullable Object> row) {
            Map<String, @Nullable Object> changes = new LinkedHashMap<>();
            handling.columns().forEach(column -> changes.put(column, null));
            changes.putAll(row);
            changes.keySet().removeAll(handling.key());
            changes.remove(RecordTable.ID);
            if (handling.onConflict() == OnConflict.IGNORE || changes.isEmpty()) {
                ignored++;
                return;
            }
            permit.call(Call.of(table.ref(), new Input.UpdateRecord(id, OptionalInt.empty(), changes)));
            updated++;
        }

        /// A row of a new record: the key of nobody is no key.
        private Map<String, @Nullable Object> given(Map<String, @Nullable Object> row) {
            if (row.containsKey(RecordTable.ID) && row.get(RecordTable.ID) == null) {
                Map<String, @Nullable Object> given = new LinkedHashMap<>(row);
                given.remove(RecordTable.ID);
                return given;
            }
            return row;
        }

        private @Nullable List<Object> key(Map<String, @Nullable Object> row) {
            List<Object> key = new ArrayList<>();
            for (String name : handling.key()) {
                Object value = row.get(name);
                if (value == null) {
                    return null;
                }
                key.add(comparable(typed(table.known(name), value)));
            }
            return key.isEmpty() ? null : key;
        }

        /// The records the caller can see that have the keys of these rows.
        private Map<List<Object>, Long> known(List<Map<String, @Nullable Object>> rows) {
            List<Column> columns = handling.key().stream().map(table::known).toList();
            List<Field<Object>> fields = columns.stream().map(column -> column.in(RecordTable.ALIAS)).toList();
            List<RowN> wanted = new ArrayList<>();
            for (Map<String, @Nullable Object> row : rows) {
                List<Object> values = new ArrayList<>();
                for (Column column : columns) {
                    Object value = row.get(column.name());
                    if (value != null) {
                        values.add(DSL.val(typed(column, value), column.dataType()));
                    }
                }
                if (values.size() == columns.size()) {
                    wanted.add(DSL.row(values));
                }
            }
            Map<List<Object>, Long> known = new HashMap<>();
            if (!wanted.isEmpty()) {
                Field<Long> id = table.known(RecordTable.ID).in(RecordTable.ALIAS).coerce(Long.class);
                permit.sql()
                        .select(id)
                        .select(fields)
                        .from(table.aliased())
                        .where(DSL.row(fields).in(wanted))
                        .and(reach.rows(table, RecordTable.ALIAS))
                        .forEach(found -> known.put(
                                fields.stream()
                                        .map(field -> comparable(Objects.requireNonNull(found.get(field))))
                                        .toList(),
                                found.get(id)));
            }
            return known;
        }
    }

    /// @throws Refusal if the value is none of this column
    private static Object typed(Column column, Object value) {
        try {
            return FieldCheck.exact(Values.convert(column.type(), column.choices(), value));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "The row", Faults.pointer(column.name()), "type", String.valueOf(e.getMessage()));
        }
    }

    private static Object comparable(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }

    /// Whether it is no fault of a row, so that the next one would fare no better.
    private static boolean general(RuntimeException failure) {
        return switch (failure) {
            case Refusal refusal -> switch (refusal.reason()) {
                case UNAUTHENTICATED, HELD, OVER_BUDGET, UNAVAILABLE -> true;
                case MALFORMED, FORBIDDEN, NOT_FOUND, CONFLICT, STALE, TOO_LARGE, INVALID -> false;
            };
            case DataAccessException database -> switch (SqlFault.of(database).kind()) {
                case SERIALIZATION, DISK_FULL, UNAVAILABLE, OTHER -> true;
                case UNIQUE, FOREIGN_KEY, CHECK, NOT_NULL, TOO_LONG, OUT_OF_RANGE, BAD_VALUE -> false;
            };
            default -> true;
        };
    }

    private static List<Fault> faults(RuntimeException failure) {
        return switch (failure) {
            case Refusal refusal when !refusal.faults().isEmpty() -> refusal.faults();
            case Refusal refusal -> List.of(new Fault(
                    "", refusal.reason().name().toLowerCase(Locale.ROOT), String.valueOf(refusal.getMessage())));
            case DataAccessException database ->
                List.of(new Fault("", "value", SqlFault.of(database).message()));
            default -> throw failure;
        };
    }
}
