package dev.appos.record;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.trueCondition;

import dev.appos.api.Cond;
import dev.appos.api.Selection.Order;
import dev.appos.api.Term;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Operation;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.GroupField;
import org.jooq.ResultQuery;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.SelectSelectStep;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Makes ready what answers values of records, and figures of groups of them: one statement, over what its caller sees.
final class Aggregates {

    /// More values in a row are a mistake.
    static final int MOST_TERMS = 50;

    /// A value of a row: what reads it, and its SQL.
    ///
    /// @param column of the type of the value
    private record Value(Term term, Column column, Field<Object> sql) {}

    private final Input.AggregateRecords asked;
    private final Joins joins;
    private final Faults faults = new Faults();
    private final Map<String, Value> values = new LinkedHashMap<>();
    private int comparisons;

    private Aggregates(Reach reach, RecordTable table, Input.AggregateRecords asked) {
        this.asked = asked;
        this.joins = new Joins(reach, table, faults);
    }

    /// @throws dev.appos.base.Refusal naming everything that makes no sense
    static Operation of(Reach reach, RecordTable table, Input.AggregateRecords asked) {
        Aggregates aggregates = new Aggregates(reach, table, asked);
        return aggregates.operation(Filters.of(reach, table, asked.where()));
    }

    private Operation operation(Filter filter) {
        if (asked.limit() < 0 || asked.limit() > Query.LARGEST_PAGE) {
            faults.add("/limit", "range", "must be between 0 and " + Query.LARGEST_PAGE);
        }
        if (asked.offset() < 0) {
            faults.add("/offset", "range", "must not be negative");
        }
        if (asked.terms().isEmpty() || asked.terms().size() > MOST_TERMS) {
            faults.add("/select", "size", "must name between 1 and " + MOST_TERMS + " values");
            faults.refuse(Faults.QUERY);
        }
        asked.terms().forEach(term -> value(term).ifPresent(value -> values.put(term.name(), value)));
        List<SortField<?>> order = order();
        Condition having = having(asked.having(), 0);
        faults.refuse(Faults.QUERY);
        return new Operation.Read(permit -> {
            SelectSelectStep<?> start = asked.distinct() && !grouped()
                    ? permit.sql().selectDistinct(fields())
                    : permit.sql().select(fields());
            SelectConditionStep<?> some = start.from(joins.from()).where(filter.condition());
            ResultQuery<?> select = (grouped() ? some.groupBy(groups()).having(having) : some)
                    .orderBy(order)
                    .limit(asked.limit())
                    .offset(asked.offset());
            return new Page(Fetch.rows(select, result -> {
                Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(values.size());
                int place = 1;
                for (Value value : values.values()) {
                    row.put(value.term().name(), value.column().read(result, place++));
                }
                return row;
            }), OptionalLong.empty());
        });
    }

    private boolean grouped() {
        return asked.terms().stream().anyMatch(term -> term.kind().figure());
    }

    private List<SelectField<?>> fields() {
        return values.values().stream().<SelectField<?>>map(Value::sql).toList();
    }

    /// Records make a group where they agree in everything that is no figure.
    private List<GroupField> groups() {
        return grouped()
                ? values.values().stream().filter(each -> !each.term().kind().figure()).<GroupField>map(Value::sql)
                        .toList()
                : List.of();
    }

    private Optional<Value> value(Term term) {
        if (term.kind() == Term.Kind.COUNT) {
            return Optional.of(made(term, ValueType.LONG, DSL.count()));
        }
        return joins.place(term.path()).flatMap(place -> {
            Column column = place.column();
            Field<Object> at = column.in(place.alias());
            return switch (term.kind()) {
                case PLAIN -> Optional.of(new Value(term, column, at));
                case YEAR, QUARTER, MONTH, WEEK, DAY -> bucket(term, column, at);
                case DISTINCT -> column.type().json()
                        ? wrong(term, "is a list or an object, so its values cannot be told apart")
                        : Optional.of(made(term, ValueType.LONG, countDistinct(at)));
                case SUM, AVG -> column.type().numeric()
                        ? Optional.of(made(term, ValueType.DECIMAL, total(term, at)))
                        : wrong(term, "is not a number, so it has no sum and no average");
                case MIN, MAX -> column.type().json() || column.type() == ValueType.BOOLEAN
                        ? wrong(term, "has no order, so it has no least and no greatest")
                        : Optional.of(new Value(
                                term, column, term.kind() == Term.Kind.MIN ? DSL.min(at) : DSL.max(at)));
                case COUNT -> throw new IllegalStateException("counts have no column");
            };
        });
    }

    private static Field<BigDecimal> total(Term term, Field<Object> at) {
        Field<BigDecimal> number = at.cast(SQLDataType.NUMERIC);
        return term.kind() == Term.Kind.SUM ? coalesce(DSL.sum(number), BigDecimal.ZERO) : DSL.avg(number);
    }

    /// Without values to bind: PostgreSQL tells two bound ones apart, also where they are the same.
    private Optional<Value> bucket(Term term, Column column, Field<Object> at) {
        String unit = term.kind().name().toLowerCase(Locale.ROOT);
        return switch (column.type()) {
            case DATE -> Optional.of(made(term, ValueType.DATE, field(
                    "cast(date_trunc('" + unit + "', cast({0} as timestamp)) as date)", Object.class, at)));
            case INSTANT -> Optional.of(made(term, ValueType.DATE, field(
                    "cast(date_trunc('" + unit + "', {0} at time zone 'UTC') as date)", Object.class, at)));
            default -> wrong(term, "is neither a date nor an instant, so it has no " + unit);
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // read by the column, which has the type of the value
    private static Value made(Term term, ValueType type, Field<?> sql) {
        return new Value(term, Column.system(term.name(), type), (Field) sql);
    }

    private Optional<Value> wrong(Term term, String why) {
        faults.add(Faults.pointer(term.name()), "type", why);
        return Optional.empty();
    }

    /// As asked, then by what makes a row one of its kind, so that pages neither repeat nor skip a row.
    private List<SortField<?>> order() {
        List<SortField<?>> order = new ArrayList<>();
        for (Order each : asked.order()) {
            Value value = values.get(each.path());
            if (value == null) {
                faults.add(Faults.pointer(each.path()), "unknown", "is not among the values that are selected");
            } else {
                order.add(each.descending() ? value.sql().desc() : value.sql().asc());
            }
        }
        if (grouped() || asked.distinct()) {
            values.values().stream().filter(each -> !each.term().kind().figure() && !each.column().type().json())
                    .filter(each -> asked.order().stream().noneMatch(by -> by.path().equals(each.term().name())))
                    .forEach(each -> order.add(each.sql().asc()));
        } else {
            order.add(joins.id().asc());
        }
        return order;
    }

    private Condition having(Cond cond, int depth) {
        if (depth > Filters.DEEPEST) {
            faults.add("/having", "size", "must not be nested more than " + Filters.DEEPEST + " deep");
            return falseCondition();
        }
        return switch (cond) {
            case Cond.And and when and.conditions().isEmpty() -> trueCondition();
            case Cond.And and -> DSL.and(and.conditions().stream().map(each -> having(each, depth + 1)).toList());
            case Cond.Or or when or.conditions().isEmpty() -> falseCondition();
            case Cond.Or or -> DSL.or(or.conditions().stream().map(each -> having(each, depth + 1)).toList());
            case Cond.Not opposite -> not(having(opposite.condition(), depth + 1));
            case Cond.Compare compare -> having(compare);
            case Cond.Fields _, Cond.Some _ -> {
                faults.add("/having", "type", "must compare figures of a group with values");
                yield falseCondition();
            }
        };
    }

    private Condition having(Cond.Compare compare) {
        Value value = values.get(compare.path());
        if (value == null || !grouped()) {
            faults.add(Faults.pointer(compare.path()), "unknown", "is not among the figures that are selected");
        } else if (++comparisons > Filters.MOST_COMPARISONS) {
            faults.add("/having", "size", "must not have more than " + Filters.MOST_COMPARISONS + " comparisons");
        } else {
            try {
                return Comparison.of(value.column(), value.sql(), compare);
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(Faults.pointer(compare.path()), "type", String.valueOf(e.getMessage())));
            }
        }
        return falseCondition();
    }
}
