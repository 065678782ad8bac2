package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Operator;
import dev.appos.object.ValueType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The values of row filters in the order in which their SQL asks for them.
final class FilterValues {

    private static final Set<ValueType> LISTED =
            Set.of(ValueType.TEXT, ValueType.CHOICE, ValueType.INTEGER, ValueType.LONG, ValueType.REFERENCE);

    private final List<Column> columns;
    private final List<@Nullable Object> values = new ArrayList<>();

    /// @param columns  what each comparison compares
    /// @param compares in the order of the SQL
    FilterValues(List<Column> columns, List<Cond.Compare> compares) {
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            values.add(Comparison.value(columns.get(i), compares.get(i)));
        }
    }

    /// A condition without its values: what its SQL looks like.
    static Cond form(Cond cond) {
        return switch (cond) {
            case Cond.And and -> new Cond.And(and.conditions().stream().map(FilterValues::form).toList());
            case Cond.Or or -> new Cond.Or(or.conditions().stream().map(FilterValues::form).toList());
            case Cond.Not not -> new Cond.Not(form(not.condition()));
            case Cond.Fields two -> two;
            case Cond.Some some -> new Cond.Some(some.path(), some.ref(), some.column(), form(some.where()));
            case Cond.Compare compare when compare.operator() == Operator.IS -> compare;
            case Cond.Compare compare -> new Cond.Compare(
                    compare.path(),
                    compare.operator(),
                    compare.value() instanceof Collection<?> list && list.isEmpty() ? "none" : "some");
        };
    }

    /// The comparisons in a condition, in the order of its SQL.
    static Stream<Cond.Compare> compares(Cond cond) {
        return switch (cond) {
            case Cond.And and -> and.conditions().stream().flatMap(FilterValues::compares);
            case Cond.Or or -> or.conditions().stream().flatMap(FilterValues::compares);
            case Cond.Not not -> compares(not.condition());
            case Cond.Fields _, Cond.Some _ -> Stream.of();
            case Cond.Compare compare -> Stream.of(compare);
        };
    }

    /// Whether every value in a condition belongs to a comparison on the way of [#compares].
    static boolean flat(Cond cond) {
        return switch (cond) {
            case Cond.And and -> and.conditions().stream().allMatch(FilterValues::flat);
            case Cond.Or or -> or.conditions().stream().allMatch(FilterValues::flat);
            case Cond.Not not -> flat(not.condition());
            case Cond.Compare _, Cond.Fields _ -> true;
            case Cond.Some _ -> false;
        };
    }

    /// Whether [#bind] knows all of their types.
    boolean bindable() {
        for (int i = 0; i < columns.size(); i++) {
            if (values.get(i) instanceof Object[] && !LISTED.contains(columns.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    /// The values of the statement in its order, with nothing in place of the id, lists as lists.
    boolean are(int id, List<Object> rendered) {
        List<@Nullable Object> mine = new ArrayList<>();
        for (int i = 0; i <= values.size(); i++) {
            if (i == id) {
                mine.add(null);
            }
            if (i < values.size() && values.get(i) != null) {
                mine.add(values.get(i));
            }
        }
        return Arrays.deepEquals(mine.toArray(), rendered.toArray());
    }

    /// Sets the values, and the id of the wanted record between them.
    void bind(PreparedStatement statement, int id, long wanted) throws SQLException {
        int place = 0;
        for (int i = 0; i <= values.size(); i++) {
            if (i == id) {
                statement.setLong(++place, wanted);
            }
            if (i < values.size() && values.get(i) != null) {
                set(statement, ++place, columns.get(i), values.get(i));
            }
        }
    }

    private static void set(PreparedStatement statement, int place, Column column, Object value) throws SQLException {
        if (value instanceof Object[] list) {
            statement.setArray(
                    place, statement.getConnection().createArrayOf(column.type().textual() ? "text" : "int8", list));
        } else {
            column.bind(statement, place, value);
        }
    }
}
