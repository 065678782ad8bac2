package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.base.Nearest;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import dev.appos.object.ValueType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// What is computed of columns, and the condition on groups.
///
/// @param outputs what stands in the answer, by name
record Groups(Map<String, Operand> outputs, Bind bind, Faults faults) {

    static final Column COUNT = Column.system("count", ValueType.LONG);

    /// @param of what it is computed of; nothing for a count of rows
    /// @throws IllegalArgumentException if it makes no sense, as the end of a sentence
    static Operand call(Selected.Call call, Optional<Operand> of) {
        Query.Function function = call.function();
        String name = function.name().toLowerCase(Locale.ROOT);
        if (function == Query.Function.COUNT) {
            return new Operand(COUNT, of.map(each -> field("count({0})", each.field(), ValueType.LONG))
                    .orElseGet(() -> DSL.count().coerce(COUNT.dataType())));
        }
        Operand operand = of.orElseThrow(() -> new IllegalArgumentException("must be computed of a column"));
        ValueType type = operand.type().type();
        return switch (function) {
            case COUNT -> throw new IllegalStateException("counted above");
            case SUM, AVG -> {
                if (!type.numeric()) {
                    throw new IllegalArgumentException("is not a number, so it has no " + name);
                }
                boolean whole = function == Query.Function.SUM && type == ValueType.INTEGER;
                yield computed(name, operand, whole ? ValueType.LONG : ValueType.DECIMAL);
            }
            case MIN, MAX -> {
                if (type.json() || type == ValueType.BOOLEAN || type == ValueType.UUID) {
                    throw new IllegalArgumentException("has no order, so it has no " + name);
                }
                yield computed(name, operand, type);
            }
            case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR -> span(name, operand, function);
        };
    }

    private static Operand computed(String name, Operand operand, ValueType type) {
        Column column = new Column(name, type, operand.type().field(), Optional.empty());
        return new Operand(column, field(name + "({0})", operand.field(), type));
    }

    private static Operand span(String name, Operand operand, Query.Function function) {
        ValueType type = operand.type().type();
        boolean day = type == ValueType.DATE && function != Query.Function.HOUR;
        if (!day && type != ValueType.INSTANT) {
            throw new IllegalArgumentException("is no time, so it lies in no " + name);
        }
        String sql = day ? "date_trunc('" + name + "', {0})::date" : "date_trunc('" + name + "', {0}, 'UTC')";
        return new Operand(Column.system(name, type), field(sql, operand.field(), type));
    }

    private static Field<Object> field(String sql, Field<?> of, ValueType type) {
        return DSL.field(sql, Object.class, of).coerce(Column.system("", type).dataType());
    }

    /// The condition on groups as SQL.
    Condition having(Cond cond) {
        return switch (cond) {
            case Cond.And and when and.conditions().isEmpty() -> DSL.noCondition();
            case Cond.And and -> DSL.and(and.conditions().stream().map(this::having).toList());
            case Cond.Or or -> DSL.or(or.conditions().stream().map(this::having).toList());
            case Cond.Not not -> DSL.not(having(not.condition()));
            case Cond.Compare compare -> compare(compare);
            case Cond.Fields(String path, Cond.Operator _, String _) -> unknown(path);
            case Cond.Some(String path, String _, String _, Cond _) -> unknown(path);
        };
    }

    private Condition unknown(String path) {
        faults.add(Faults.pointer(path), "unknown",
                "is not in the answer. " + Nearest.remedy(path, outputs.keySet()));
        return DSL.falseCondition();
    }

    private Condition compare(Cond.Compare compare) {
        Operand operand = outputs.get(compare.path());
        String pointer = Faults.pointer(compare.path());
        if (operand == null) {
            return unknown(compare.path());
        }
        try {
            return Comparison.of(operand, compare, bind);
        } catch (IllegalArgumentException e) {
            faults.add(pointer, "type", String.valueOf(e.getMessage()));
            return DSL.falseCondition();
        }
    }
}
