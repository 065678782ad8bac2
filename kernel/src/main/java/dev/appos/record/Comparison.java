package dev.appos.record;

import static org.jooq.impl.DSL.falseCondition;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Something compared with one value, as SQL.
final class Comparison {

    /// A longer list is a table of its own.
    static final int LONGEST_LIST = 1000;

    /// A longer pattern matches nothing a person would look for.
    static final int LONGEST_PATTERN = 1000;

    /// The languages PostgreSQL knows words of.
    static final Set<String> LANGUAGES = Set.of(
            "simple", "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "estonian", "finnish",
            "french", "german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian",
            "nepali", "norwegian", "portuguese", "romanian", "russian", "serbian", "spanish", "swedish", "tamil",
            "turkish", "yiddish");

    private Comparison() {}

    /// A comparison of anything that holds what a column holds, with its value.
    static Condition of(Column column, Field<Object> field, Cond.Compare compare) {
        return of(new Operand(column, field), compare, Bind.VALUE);
    }

    /// The SQL of a comparison: with one value bound, or with none where [#value] is null.
    ///
    /// @throws IllegalArgumentException saying what the comparison must be, as the end of a sentence
    static Condition of(Operand operand, Cond.Compare compare, Bind bind) {
        Column column = operand.type();
        Field<Object> field = operand.field();
        Object value = value(column, compare);
        if (value == null) {
            return compare.operator() == Cond.Operator.IN ? falseCondition() : field.isNull();
        }
        DataType<?> type = type(column, compare.operator(), value);
        Field<Object> given = (Field<Object>) bind.value(column, compare, value, type);
        return switch (compare.operator()) {
            case EQ -> field.eq(given);
            case NE -> field.ne(given);
            case GT -> field.gt(given);
            case GTE -> field.ge(given);
            case LT -> field.lt(given);
            case LTE -> field.le(given);
            case LIKE -> field.like(given.coerce(String.class));
            case ILIKE -> field.likeIgnoreCase(given.coerce(String.class));
            case MATCH -> DSL.condition("{0} ~ {1}", field, given);
            case IMATCH -> DSL.condition("{0} ~* {1}", field, given);
            // One array is one bind: the statement is the same however long the list is.
            case IN -> DSL.condition(
                    value instanceof String[] ? "{0} = any (cast({1} as interval[]))" : "{0} = any ({1})",
                    field, given);
            case IS -> DSL.condition(value.equals(true) ? "{0} is true" : "{0} is false", field);
            case CONTAINS -> DSL.condition("{0} @> {1}", field, given);
            case CONTAINED -> DSL.condition("{0} <@ {1}", field, given);
            case OVERLAPS -> DSL.condition(
                    "exists (select 1 from jsonb_array_elements({0}) o where {1} @> o)", field, given);
            case FTS -> words(field, compare, "to_tsquery", given);
            case PLFTS -> words(field, compare, "plainto_tsquery", given);
            case PHFTS -> words(field, compare, "phraseto_tsquery", given);
            case WFTS -> words(field, compare, "websearch_to_tsquery", given);
        };
    }

    /// Whether the words of a text fit what is looked for.
    static Condition words(Field<?> text, Cond.Compare compare, String query, Field<?> given) {
        Field<?> language = DSL.inline(language(compare));
        return DSL.condition("to_tsvector({0}::regconfig, {1}) @@ " + query + "({0}::regconfig, {2})",
                language, text, given);
    }

    /// The language of a search; only of those there are, for it becomes a part of the statement.
    static String language(Cond.Compare compare) {
        String language = compare.value() instanceof List<?> parts && parts.size() == 2
                ? String.valueOf(parts.getFirst()) : "";
        if (!LANGUAGES.contains(language)) {
            throw new IllegalArgumentException("can be searched in " + String.join(", ", LANGUAGES.stream().sorted()
                    .toList()));
        }
        return language;
    }

    private static DataType<?> type(Column column, Cond.Operator operator, Object value) {
        return switch (operator) {
            case IN -> value instanceof String[] ? SQLDataType.CLOB.getArrayDataType()
                    : column.dataType().getArrayDataType();
            case LIKE, ILIKE, MATCH, IMATCH, FTS, PLFTS, PHFTS, WFTS -> SQLDataType.CLOB;
            case EQ, NE, GT, GTE, LT, LTE, IS, CONTAINS, CONTAINED, OVERLAPS ->
                value instanceof JSONB ? SQLDataType.JSONB : column.dataType();
        };
    }

    /// The SQL of a comparison of two columns.
    ///
    /// @throws IllegalArgumentException saying what the comparison must be, as the end of a sentence
    static Condition of(Column left, Field<Object> field, Cond.Operator operator, Column right, Field<Object> other) {
        boolean alike = left.type() == right.type() || left.type().numeric() && right.type().numeric()
                || left.type().textual() && right.type().textual();
        if (!alike || left.type().json()) {
            throw new IllegalArgumentException("holds what cannot be compared with " + right.name());
        }
        return switch (operator) {
            case EQ -> field.eq(other);
            case NE -> field.ne(other);
            case GT -> field.gt(other);
            case GTE -> field.ge(other);
            case LT -> field.lt(other);
            case LTE -> field.le(other);
            case LIKE, ILIKE, IN, IS, MATCH, IMATCH, CONTAINS, CONTAINED, OVERLAPS, FTS, PLFTS, PHFTS, WFTS ->
                throw new IllegalArgumentException("can only be compared by order or equality");
        };
    }

    /// The value as it is bound; an array for a list; null where the comparison has none.
    ///
    /// @throws IllegalArgumentException saying what the comparison must be, as the end of a sentence
    static @Nullable Object value(Column column, Cond.Compare compare) {
        return switch (compare.operator()) {
            case EQ, NE -> one(column, compare.value());
            case GT, GTE, LT, LTE -> ordered(column, compare.value());
            case LIKE, ILIKE -> like(column, compare.value());
            case MATCH, IMATCH -> pattern(column, compare.value());
            case IN -> list(column, compare.value());
            case IS -> is(column, compare.value());
            case CONTAINS, CONTAINED -> json(column, compare.value());
            case OVERLAPS -> elements(column, compare.value());
            case FTS, PLFTS, PHFTS, WFTS -> {
                language(compare);
                yield pattern(column, ((List<?>) compare.value()).getLast());
            }
        };
    }

    private static Object one(Column column, @Nullable Object value) {
        if (column.type().json()) {
            if (column.field().isEmpty()) {
                return json(column, value);
            }
            throw new IllegalArgumentException("is a list or an object and can only be compared with is null");
        }
        if (value == null) {
            throw new IllegalArgumentException("cannot be compared with null this way; use is");
        }
        // From an address every value comes as text.
        return FieldCheck.exact(value instanceof String written && !column.type().textual()
                ? Values.parse(column.type(), column.choices(), written)
                : Values.convert(column.type(), column.choices(), value));
    }

    private static Object ordered(Column column, @Nullable Object value) {
        if (column.type() == ValueType.BOOLEAN) {
            throw new IllegalArgumentException("is true or false and has no order");
        }
        return one(column, value);
    }

    /// `*` stands for any characters; what SQL would read as one is taken as it is.
    private static String like(Column column, @Nullable Object value) {
        return pattern(column, value)
                .replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
    }

    private static String pattern(Column column, @Nullable Object value) {
        if (!column.type().textual()) {
            throw new IllegalArgumentException("is not a text, so like and ilike do not apply");
        }
        if (!(value instanceof String written)) {
            throw new IllegalArgumentException("must be compared with a text in which * stands for any characters");
        }
        if (written.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("must be compared with at most " + LONGEST_PATTERN + " characters");
        }
        // Only texts are checked here, so any type of text will do.
        return (String) Values.convert(ValueType.TEXT, List.of(), written);
    }

    private static Object @Nullable [] list(Column column, @Nullable Object value) {
        if (!(value instanceof Collection<?> values)) {
            throw new IllegalArgumentException("must be compared with a list of values");
        }
        if (values.size() > LONGEST_LIST) {
            throw new IllegalArgumentException("must be compared with at most " + LONGEST_LIST + " values");
        }
        Stream<Object> checked = values.stream().map(each -> one(column, each));
        // The driver knows no arrays of lengths of time.
        return values.isEmpty() ? null
                : column.type() == ValueType.DURATION ? checked.map(Object::toString).toArray(String[]::new)
                : checked.toArray();
    }

    /// A value as JSON; in an address a list may be written as `{a,b}` too.
    private static JSONB json(Column column, @Nullable Object value) {
        if (!column.type().json()) {
            throw new IllegalArgumentException("is neither a list nor an object, so nothing is in it");
        }
        if (!(value instanceof String written)) {
            if (value instanceof Map || value instanceof Collection) {
                return JSONB.valueOf(Json.write(value));
            }
            throw new IllegalArgumentException("must be compared with JSON");
        }
        Values.convert(ValueType.TEXT, List.of(), written);
        boolean braces = column.type() == ValueType.LIST && written.startsWith("{") && written.endsWith("}");
        try {
            return JSONB.valueOf(Json.write(braces ? braces(written) : Json.read(written)));
        } catch (Refusal _) {
            throw new IllegalArgumentException("must be compared with JSON such as [\"a\"] or {\"a\": 1}");
        }
    }

    private static List<Object> braces(String written) {
        List<Object> elements = new ArrayList<>();
        String inside = written.substring(1, written.length() - 1);
        for (String each : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
            String element = each.strip();
            boolean json = element.startsWith("\"") || element.matches("-?\\d{1,18}(\\.\\d{1,18})?|true|false");
            Object value = json ? Json.read(element) : element;
            elements.add(value);
        }
        return elements;
    }

    private static JSONB elements(Column column, @Nullable Object value) {
        if (column.type() != ValueType.LIST) {
            throw new IllegalArgumentException("is not a list, so it shares no elements");
        }
        JSONB json = json(column, value);
        if (!json.data().startsWith("[")) {
            throw new IllegalArgumentException("must be compared with a list such as {a,b}");
        }
        return json;
    }

    private static @Nullable Boolean is(Column column, @Nullable Object value) {
        String word = String.valueOf(value);
        return switch (word) {
            case "null" -> null;
            case "true", "false" -> {
                if (column.type() != ValueType.BOOLEAN) {
                    throw new IllegalArgumentException("is not true or false, so it can only be compared with is null");
                }
                yield Boolean.valueOf(word);
            }
            default -> throw new IllegalArgumentException("can only be compared by is with null, true or false");
        };
    }
}
