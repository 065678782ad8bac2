package dev.appos.record;

import dev.appos.object.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Something a statement can compare, answer or order by: a column, a part of its JSON, or what is computed.
///
/// @param type  what comes of it, by its name in the answer
/// @param field the SQL
record Operand(Column type, Field<Object> field) {

    /// A deeper way into JSON is a program.
    static final int DEEPEST_PATH = 20;

    private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

    static Operand of(Column column, String alias) {
        return new Operand(column, column.in(alias));
    }

    /// The column a path begins with: `data` of `data->address->>city`.
    static String column(String path) {
        int arrow = path.indexOf("->");
        return arrow < 0 ? path : path.substring(0, arrow);
    }

    /// What a path names in a table.
    ///
    /// @return nothing if there is no such column
    /// @throws IllegalArgumentException if the column has no parts, as the end of a sentence
    static Optional<Operand> find(RecordTable table, String alias, String path) {
        Column column = table.column(column(path));
        if (column == null) {
            return Optional.empty();
        }
        Operand whole = of(column, alias);
        String rest = path.substring(column.name().length());
        return Optional.of(rest.isEmpty() ? whole : whole.inside(rest));
    }

    private Operand inside(String path) {
        if (!type.type().json()) {
            throw new IllegalArgumentException("is neither a list nor an object, so it has no parts");
        }
        Field<Object> field = field();
        List<String> steps = List.of(path.substring(2).split("->", -1));
        if (steps.size() > DEEPEST_PATH) {
            throw new IllegalArgumentException("must not reach deeper than " + DEEPEST_PATH + " parts");
        }
        boolean text = false;
        String name = type.name();
        for (String step : steps) {
            if (text) {
                throw new IllegalArgumentException("goes on behind ->>, which makes a text");
            }
            text = step.startsWith(">");
            String key = text ? step.substring(1) : step;
            if (key.isEmpty() || key.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("has a part without a name");
            }
            boolean index = INDEX.matcher(key).matches();
            field = DSL.field(text ? "({0} ->> {1})" : "({0} -> {1})", Object.class, field,
                    index ? DSL.inline(Integer.parseInt(key)) : DSL.inline(key));
            name = index ? name : key;
        }
        Column part = Column.system(name, text ? ValueType.TEXT : ValueType.MAP);
        return new Operand(part, field.coerce(part.dataType()));
    }

    /// The same as another type.
    ///
    /// @param cast PostgreSQL's name of it
    /// @return nothing if there is no such type, or none that callers may ask for
    @Nullable Operand as(String cast) {
        ValueType other = switch (cast) {
            case "text", "varchar" -> ValueType.TEXT;
            case "int", "int4", "integer" -> ValueType.INTEGER;
            case "bigint", "int8" -> ValueType.LONG;
            case "numeric", "decimal" -> ValueType.DECIMAL;
            case "bool", "boolean" -> ValueType.BOOLEAN;
            case "date" -> ValueType.DATE;
            case "timestamptz" -> ValueType.INSTANT;
            case "json", "jsonb" -> ValueType.MAP;
            default -> null;
        };
        if (other == null) {
            return null;
        }
        Column column = Column.system(type.name(), other);
        boolean number = other == ValueType.INTEGER || other == ValueType.LONG;
        // PostgreSQL reads no 1.0 as a whole number where it stands in JSON.
        Field<?> from = number && type.type().json() ? DSL.field("({0})::numeric", Object.class, field) : field;
        return new Operand(column,
                DSL.field("({0})::" + other.sql(), Object.class, from).coerce(column.dataType()));
    }

    /// The same under another name in the answer.
    Operand named(String name) {
        return name.isEmpty() ? this : new Operand(
                new Column(name, type.type(), type.field(), type.pattern()), field);
    }
}
