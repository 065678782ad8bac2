package dev.appos.record;

import dev.appos.base.Json;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A part of a row of an answer: where in a result it stands, and what it becomes.
sealed interface Part {

    /// Digits of a second.
    int NANO_DIGITS = 9;

    /// A value at this place, counted from 1.
    record One(Column column, int place) implements Part {}

    /// A record: its parts, and the place of its id, which is null when there is none.
    record Nested(int id, Map<String, Part> parts) implements Part {}

    /// Records as JSON at this place, each an object of its values by place.
    record Many(int place, Map<String, Part> parts) implements Part {}

    /// A row of the answer.
    static Map<String, @Nullable Object> row(Map<String, Part> parts, ResultSet result) throws SQLException {
        Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(parts.size());
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            row.put(part.getKey(), switch (part.getValue()) {
                case One(Column column, int place) -> column.read(result, place);
                case Nested(int id, Map<String, Part> nested) ->
                    result.getObject(id) == null ? null : row(nested, result);
                case Many(int place, Map<String, Part> each) -> rows(each, json(result.getString(place)));
            });
        }
        return row;
    }

    private static @Nullable Object json(@Nullable String written) {
        return written == null ? null : Json.read(written);
    }

    private static List<Map<String, @Nullable Object>> rows(Map<String, Part> parts, @Nullable Object list) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (list instanceof List<?> values) {
            values.forEach(each -> rows.add(row(parts, (Map<?, ?>) each)));
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(Map<String, Part> parts, Map<?, ?> values) {
        Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(parts.size());
        parts.forEach((name, part) -> row.put(name, switch (part) {
            case One(Column column, int place) -> value(column, values.get(String.valueOf(place)));
            case Nested(int id, Map<String, Part> nested) ->
                values.get(String.valueOf(id)) == null ? null : row(nested, values);
            case Many(int place, Map<String, Part> each) -> rows(each, values.get(String.valueOf(place)));
        }));
        return row;
    }

    /// The SQL of what is answered: in JSON a length of time is its seconds, for PostgreSQL's own words are many.
    static Field<?> shown(Operand operand, boolean json) {
        return json && operand.type().type() == ValueType.DURATION
                ? DSL.field("extract(epoch from {0})", Object.class, operand.field())
                : operand.field();
    }

    private static @Nullable Object value(Column column, @Nullable Object json) {
        if (column.type() == ValueType.DURATION && json instanceof Number seconds) {
            return Duration.ofNanos(new BigDecimal(seconds.toString()).movePointRight(NANO_DIGITS).longValueExact());
        }
        // A part of JSON may be of any type.
        return json == null || column.field().isEmpty() && column.type() == ValueType.MAP
                ? json
                : Values.convert(column.type(), column.choices(), json);
    }
}
