package dev.appos.record;

import static org.jooq.impl.DSL.name;

import dev.appos.base.Names;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import dev.appos.object.ImportHandling.OnConflict;
import dev.appos.object.Imported;
import dev.appos.object.Input;
import dev.appos.object.Target;
import dev.appos.object.Values;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Takes rows of a file by COPY: into a table of this transaction alone, which is checked against what is there, and
/// from it in one statement to where they belong. No events and no field history; types, limits, references and unique
/// columns as ever.
final class FastImport {

    private static final String PLACE = "appos_place";

    private static final String PAST_ID = """
            select setval(cast(sequence as regclass), greatest) from pg_get_serial_sequence(?, 'id') as sequence,
                   (select max(id) as greatest from appos_rows) as given
            where greatest > coalesce(pg_sequence_last_value(cast(sequence as regclass)), 0)""";

    private final RecordTable table;
    private final Set<String> fixed;
    private final List<Fault> faults = new ArrayList<>();
    private int dropped;

    FastImport(RecordTable table, Set<String> fixed) {
        this.table = table;
        this.fixed = fixed;
    }

    Imported take(Permit permit, Input.ImportRecords part) {
        Map<Integer, Map<String, @Nullable Object>> rows = checked(permit, part.rows());
        Set<String> names = new LinkedHashSet<>();
        rows.values().forEach(row -> names.addAll(row.keySet()));
        if (rows.isEmpty() || names.isEmpty()) {
            return new Imported(0, 0, 0, faults);
        }
        DSLContext sql = permit.sql();
        List<Column> columns = names.stream().map(table::known).toList();
        String list = columns.stream().map(FastImport::quoted).collect(Collectors.joining(", "));
        sql.execute("create temporary table appos_rows on commit drop as select cast(0 as integer) as " + PLACE + ", "
                + list + " from " + quoted() + " with no data");
        CopyRows.into(sql, "copy appos_rows (" + PLACE + ", " + list + ") from stdin", columns, filled(rows, columns));
        sql.execute("analyze appos_rows");
        boolean updating = part.handling().onConflict() == OnConflict.UPDATE;
        Set<String> key = Set.copyOf(part.handling().key());
        references(sql, columns);
        for (List<String> unique : table.whole().keys()) {
            if (names.containsAll(unique)) {
                boolean ours = part.handling().onConflict() != OnConflict.REFUSE && key.equals(Set.copyOf(unique));
                unique(sql, unique, ours, updating);
            }
        }
        Record done = sql.fetchSingle(
                insert(part, columns, list), permit.context().at().atOffset(ZoneOffset.UTC), permit.principal().name());
        int created = done.get(0, Integer.class);
        int updated = done.get(1, Integer.class);
        if (names.contains(RecordTable.ID)) {
            sql.fetch(PAST_ID, quoted());
        }
        return new Imported(created, updated, rows.size() - dropped - created - updated, faults);
    }

    private Map<Integer, Map<String, @Nullable Object>> checked(
            Permit permit, List<Map<String, @Nullable Object>> given) {
        List<Integer> places = new ArrayList<>();
        List<Map<String, @Nullable Object>> good = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            try {
                List<Map<String, @Nullable Object>> row = RowCheck.created(table, fixed, List.of(given.get(i)));
                NewRows.checkTimes(table, row, permit.context().at());
                places.add(i);
                good.addAll(row);
            } catch (Refusal refusal) {
                for (Fault fault : refusal.faults()) {
                    faults.add(new Fault("/" + i + fault.path(), fault.code(), fault.message()));
                }
            }
        }
        List<Map<String, @Nullable Object>> completed = NewRows.completed(permit, table, good);
        Map<Integer, Map<String, @Nullable Object>> rows = LinkedHashMap.newLinkedHashMap(good.size());
        for (int i = 0; i < places.size(); i++) {
            rows.put(places.get(i), completed.get(i));
        }
        return rows;
    }

    /// Every row with every column; what a row does not have is its default, or nothing.
    private static Map<Integer, List<@Nullable Object>> filled(
            Map<Integer, Map<String, @Nullable Object>> rows, List<Column> columns) {
        Map<Integer, List<@Nullable Object>> filled = LinkedHashMap.newLinkedHashMap(rows.size());
        rows.forEach((place, row) -> {
            List<@Nullable Object> values = new ArrayList<>(columns.size());
            for (Column column : columns) {
                values.add(row.containsKey(column.name()) ? row.get(column.name()) : otherwise(column));
            }
            filled.put(place, values);
        });
        return filled;
    }

    private static @Nullable Object otherwise(Column column) {
        return column.field().flatMap(FieldDefinition::defaultValue)
                .map(value -> Values.parse(column.type(), column.choices(), value))
                .orElse(null);
    }

    private void references(DSLContext sql, List<Column> columns) {
        for (Column column : columns) {
            Optional<Target> target = column.field().flatMap(FieldDefinition::target);
            if (target.isEmpty()) {
                continue;
            }
            boolean own = target.get().record().equals(table.ref())
                    && columns.stream().anyMatch(each -> each.name().equals(RecordTable.ID));
            String to = name(target.get().record().app(), plural(target.get())).toString();
            sql.fetch("delete from appos_rows as r where r." + quoted(column) + " is not null"
                            + " and not exists (select 1 from " + to + " as t where t.id = r." + quoted(column) + ")"
                            + (own ? " and not exists (select 1 from appos_rows as o where o.id = r."
                                    + quoted(column) + ")" : "")
                            + " returning r." + PLACE + ", r." + quoted(column))
                    .forEach(row -> fault(row.get(0, Integer.class), Objections.missing(
                            column, "", target.get().record().name().replace('_', ' ') + " " + row.get(1))));
        }
    }

    private static String plural(Target target) {
        return Names.plural(target.record().name());
    }

    /// Rows whose key is taken, by a record or by a row before them.
    ///
    /// @param ours whether a record with this key is no fault but what is looked for
    private void unique(DSLContext sql, List<String> unique, boolean ours, boolean updating) {
        String same = unique.stream().map(FastImport::quoted)
                .map(each -> "o." + each + " = r." + each).collect(Collectors.joining(" and "));
        String other = ours && updating ? " > " : " < ";
        List<Integer> twice = sql.fetch("delete from appos_rows as r where exists (select 1 from appos_rows as o where "
                        + same + " and o." + PLACE + other + "r." + PLACE + ") returning r." + PLACE)
                .map(row -> row.get(0, Integer.class));
        if (ours) {
            // The last row of a record says how it is in the end; of those to be left alone the first made it.
            return;
        }
        twice.forEach(place -> fault(place, taken(unique)));
        sql.fetch("delete from appos_rows as r where exists (select 1 from " + quoted() + " as o where " + same
                        + ") returning r." + PLACE)
                .forEach(row -> fault(row.get(0, Integer.class), taken(unique)));
    }

    private static Fault taken(List<String> unique) {
        return new Fault("/" + unique.getFirst(), "unique", unique.size() == 1
                ? "is taken already"
                : "is taken already, together with " + String.join(", ", unique.subList(1, unique.size())));
    }

    private void fault(int place, Fault fault) {
        dropped++;
        faults.add(new Fault("/" + place + fault.path(), fault.code(), fault.message()));
    }

    private String insert(Input.ImportRecords part, List<Column> columns, String list) {
        String stamps = "created_at, created_by, updated_at, updated_by";
        List<String> key = part.handling().key();
        String conflict = switch (part.handling().onConflict()) {
            case REFUSE -> "";
            case IGNORE -> " on conflict (" + quoted(key) + ") do nothing";
            case UPDATE -> " on conflict (" + quoted(key) + ") do update set " + columns.stream()
                    .filter(column -> !key.contains(column.name()) && !column.name().equals(RecordTable.ID))
                    .map(column -> quoted(column) + " = excluded." + quoted(column) + ", ")
                    .collect(Collectors.joining())
                    + "version = t.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
        };
        return "with stamp (at, who) as (values (cast(? as timestamptz), cast(? as text))), done as (insert into "
                + quoted() + " as t (" + list + ", " + stamps + ") select " + list
                + ", at, who, at, who from appos_rows, stamp order by " + PLACE + conflict
                + " returning (t.xmax = 0) as fresh) select cast(count(*) filter (where fresh) as integer),"
                + " cast(count(*) filter (where not fresh) as integer) from done";
    }

    private String quoted() {
        return name(table.ref().app(), table.name()).toString();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(FastImport::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(Column column) {
        return quoted(column.name());
    }

    private static String quoted(String column) {
        return name(column).toString();
    }
}
