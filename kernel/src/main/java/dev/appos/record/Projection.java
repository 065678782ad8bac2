package dev.appos.record;

import dev.appos.object.FieldDefinition;
import dev.appos.object.Query.Selected;
import dev.appos.object.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// What of each record is read, and how a row of the answer is made of it.
final class Projection {

    /// More names in one selection are a mistake.
    static final int MOST = 500;

    private sealed interface Part {}

    /// A column at this place of a result, counted from 1.
    private record One(Column column, int place) implements Part {}

    /// A record embedded: its columns, and the place of its id, which is null when there is none.
    private record Nested(int id, List<One> parts) implements Part {}

    private final RecordTable table;
    private final List<Field<?>> fields = new ArrayList<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<RecordTable> embedded = new ArrayList<>();
    private Table<?> from;

    private Projection(RecordTable table) {
        this.table = table;
        this.from = table.aliased();
    }

    /// @throws dev.appos.base.Refusal naming every name that is unknown
    static Projection of(Reach reach, RecordTable table, List<Selected> select) {
        Projection projection = new Projection(table);
        Faults faults = new Faults();
        if (select.size() > MOST) {
            faults.add("/select", "size", "must not name more than " + MOST + " columns");
            faults.refuse(Faults.QUERY);
        }
        if (select.isEmpty()) {
            projection.fields.addAll(table.allAliased());
        }
        for (Selected selected : select) {
            switch (selected) {
                case Selected.Column column -> projection.column(column.name(), faults);
                case Selected.Embed embed -> projection.embed(reach, embed, faults);
            }
        }
        faults.refuse(Faults.QUERY);
        return projection;
    }

    private void column(String name, Faults faults) {
        Column column = table.column(name);
        if (column == null) {
            faults.add(Faults.unknown(table, name, name));
        } else if (!parts.containsKey(name)) {
            fields.add(column.in(RecordTable.ALIAS));
            parts.put(name, new One(column, fields.size()));
        }
    }

    private void embed(Reach reach, Selected.Embed embed, Faults faults) {
        Optional<FieldDefinition> reference = table.embedded(embed.name());
        Optional<RecordTable> found = target(reach, table, embed);
        if (found.isEmpty()) {
            faults.add(Faults.unknown(table, embed.name(), embed.name()));
            return;
        }
        if (parts.containsKey(embed.name())) {
            faults.add(Faults.pointer(embed.name()), "twice", "must be selected once, with all its columns");
            return;
        }
        RecordTable target = found.get();
        embedded.add(target);
        String alias = "e" + embedded.size();
        Column id = target.known(RecordTable.ID);
        List<One> nested = new ArrayList<>();
        fields.add(id.in(alias));
        int place = fields.size();
        for (String name : embed.columns().isEmpty() ? target.names() : embed.columns()) {
            Column column = target.column(name);
            if (column == null) {
                faults.add(Faults.unknown(target, embed.name() + "." + name, name));
            } else {
                fields.add(column.in(alias));
                nested.add(new One(column, fields.size()));
            }
        }
        parts.put(embed.name(), new Nested(place, nested));
        Condition linked = id.in(alias).eq(table.known(reference.orElseThrow().name()).in(RecordTable.ALIAS));
        from = from.leftJoin(target.table().as(alias)).on(linked.and(reach.rows(target, alias)));
    }

    /// The record type behind an embedded name, if the caller may see it.
    static Optional<RecordTable> target(Reach reach, RecordTable table, Selected.Embed embed) {
        return table.embedded(embed.name()).flatMap(FieldDefinition::target)
                .map(Target::record)
                .flatMap(reach::find);
    }

    /// The record types embedded, in the order in which they are joined.
    List<RecordTable> embedded() {
        return embedded;
    }

    List<Field<?>> fields() {
        return fields;
    }

    /// The table with those joined that are embedded.
    Table<?> from() {
        return from;
    }

    /// The row of the answer.
    Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        if (parts.isEmpty()) {
            return table.row(result);
        }
        Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(parts.size());
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            row.put(part.getKey(), value(result, part.getValue()));
        }
        return row;
    }

    private static @Nullable Object value(ResultSet result, Part part) throws SQLException {
        return switch (part) {
            case One(Column column, int place) -> column.read(result, place);
            case Nested nested when result.getObject(nested.id()) == null -> null;
            case Nested(int _, List<One> nested) -> {
                Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(nested.size());
                for (One each : nested) {
                    row.put(each.column().name(), each.column().read(result, each.place()));
                }
                yield row;
            }
        };
    }
}
