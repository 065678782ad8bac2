package dev.appos.record;

import dev.appos.base.Refusal.Fault;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Table;

/// A table with those joined that its references lead to, as the caller sees them: where he sees no record, its columns
/// are empty.
final class Joins {

    /// A column of one of the tables.
    record Place(Column column, String alias) {}

    private record Joined(RecordTable table, String alias) {}

    private final Reach reach;
    private final RecordTable table;
    private final Faults faults;
    private final Map<String, Joined> joined = new HashMap<>();
    private Table<?> from;

    /// @param faults hears of every path that leads nowhere
    Joins(Reach reach, RecordTable table, Faults faults) {
        this.reach = reach;
        this.table = table;
        this.faults = faults;
        this.from = table.aliased();
    }

    /// The column at the end of a path, if there is one the caller may see.
    Optional<Place> place(String path) {
        int dot = path.lastIndexOf('.');
        if (path.chars().filter(each -> each == '.').count() > Filters.MOST_HOPS) {
            faults.add(new Fault(Faults.pointer(path), "path",
                    "must not reach through more than " + Filters.MOST_HOPS + " references"));
            return Optional.empty();
        }
        return table(dot < 0 ? "" : path.substring(0, dot), path).flatMap(end -> {
            Column column = end.table().column(path.substring(dot + 1));
            if (column == null) {
                faults.add(Faults.unknown(end.table(), path, path.substring(dot + 1)));
            }
            return Optional.ofNullable(column).map(found -> new Place(found, end.alias()));
        });
    }

    private Optional<Joined> table(String way, String path) {
        if (way.isEmpty()) {
            return Optional.of(new Joined(table, RecordTable.ALIAS));
        }
        if (joined.containsKey(way)) {
            return Optional.of(joined.get(way));
        }
        int dot = way.lastIndexOf('.');
        String name = way.substring(dot + 1);
        return table(dot < 0 ? "" : way.substring(0, dot), path).flatMap(before -> {
            Optional<FieldDefinition> reference = before.table().embedded(name);
            Optional<RecordTable> next =
                    reference.flatMap(FieldDefinition::target).map(Target::record).flatMap(reach::find);
            if (next.isEmpty()) {
                faults.add(Faults.unknown(before.table(), path, name));
                return Optional.empty();
            }
            Joined made = new Joined(next.get(), "j" + (joined.size() + 1));
            Field<Object> id = made.table().known(RecordTable.ID).in(made.alias());
            Field<Object> to = before.table().known(reference.get().name()).in(before.alias());
            from = from.leftJoin(made.table().table().as(made.alias()))
                    .on(id.eq(to).and(reach.rows(made.table(), made.alias())));
            joined.put(way, made);
            return Optional.of(made);
        });
    }

    /// The id of the records themselves.
    Field<Object> id() {
        return table.known(RecordTable.ID).in(RecordTable.ALIAS);
    }

    Table<?> from() {
        return from;
    }
}
