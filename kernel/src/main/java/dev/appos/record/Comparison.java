package dev.appos.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.val;

import dev.appos.api.Cond;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// One column against one value, as SQL.
final class Comparison {

    /// A longer list is a table of its own.
    static final int LONGEST_LIST = 1000;

    /// A longer pattern matches nothing a person would look for.
    static final int LONGEST_PATTERN = 1000;

    private Comparison() {}

    /// The SQL of a comparison: with one value bound, or with none where [#value] is null.
    ///
    /// @param alias the table the column is in
    /// @throws IllegalArgumentException saying what the comparison must be, as the end of a sentence
    static Condition of(Column column, String alias, Cond.Compare compare) {
        return of(column, column.in(alias), compare);
    }

    /// The same of anything that holds what a column holds.
    static Condition of(Column column, Field<Object> field, Cond.Compare compare) {
        Object value = value(column, compare);
        return switch (compare.operator()) {
            case EQ -> field.eq(value);
            case NE -> field.ne(value);
            case GT -> field.gt(value);
            case GTE -> field.ge(value);
            case LT -> field.lt(value);
            case LTE -> field.le(value);
            case LIKE -> field.like((String) value);
            case ILIKE -> field.likeIgnoreCase((String) value);
            // One array is one bind: the statement is the same however long the list is.
            case IN -> value == null ? falseCondition() : among(column, field, (Object[]) value);
            case IS -> value == null ? field.isNull() : field.eq(value);
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
            case LIKE, ILIKE, IN, IS -> throw new IllegalArgumentException("can only be compared by order or equality");
        };
    }

    /// The value as it is bound; an array for a list; null where the comparison has none.
    ///
    /// @throws IllegalArgumentException saying what the comparison must be, as the end of a sentence
    static @Nullable Object value(Column column, Cond.Compare compare) {
        return switch (compare.operator()) {
            case EQ, NE -> one(column, compare.value());
            case GT, GTE, LT, LTE -> ordered(column, compare.value());
            case LIKE, ILIKE -> pattern(column, compare.value());
            case IN -> list(column, compare.value());
            case IS -> is(column, compare.value());
        };
    }

    private static Object one(Column column, @Nullable Object value) {
        if (column.type().json()) {
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
        return switch (column.type()) {
            case BOOLEAN -> throw new IllegalArgumentException("is true or false and has no order");
            case TEXT, INTEGER, LONG, DECIMAL, DATE, INSTANT, TIME, DURATION, UUID, CHOICE, LIST, MAP, REFERENCE ->
                    one(column, value);
        };
    }

    /// `*` stands for any characters; what SQL would read as one is taken as it is.
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
        Values.convert(ValueType.TEXT, List.of(), written);
        return written.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
    }

    private static Object @Nullable [] list(Column column, @Nullable Object value) {
        if (!(value instanceof Collection<?> values)) {
            throw new IllegalArgumentException("must be compared with a list of values");
        }
        if (values.size() > LONGEST_LIST) {
            throw new IllegalArgumentException("must be compared with at most " + LONGEST_LIST + " values");
        }
        return values.isEmpty() ? null : values.stream().map(each -> one(column, each)).toArray();
    }

    private static Condition among(Column column, Field<Object> field, Object[] values) {
        return column.type() == ValueType.DURATION
                ? Intervals.among(field, values)
                : field.eq(any(array(column.dataType(), values)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of the type of the column
    private static Field<Object[]> array(DataType<Object> type, Object[] values) {
        return (Field) val(values, (DataType) type.getArrayDataType());
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
