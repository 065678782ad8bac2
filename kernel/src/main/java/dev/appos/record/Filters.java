package dev.appos.record;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import dev.appos.api.Cond;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Target;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Turns conditions into SQL, one condition per instance. What it does not understand it refuses; it never leaves a
/// part of a condition out.
///
/// `customer.status` asks for a customer that exists and fits, so a record without a customer does not fit it, and does
/// fit its opposite.
final class Filters {

    /// Deeper conditions are written by machines gone wrong.
    static final int DEEPEST = 20;

    /// More comparisons in one condition are a program, not a question.
    static final int MOST_COMPARISONS = 200;

    /// A longer way through references is a query for a report.
    static final int MOST_HOPS = 3;

    private final Reach reach;

    /// Whether it is an author's row filter: then nothing is hidden from it.
    private final boolean whole;

    private final Bind bind;
    private final Faults faults;
    private Function<String, Optional<Condition>> absent = _ -> Optional.empty();
    private int comparisons;
    private int aliases;

    /// @param faults hears of every comparison that makes no sense
    Filters(Reach reach, boolean whole, Bind bind, Faults faults) {
        this.reach = reach;
        this.whole = whole;
        this.bind = bind;
        this.faults = faults;
    }

    /// The SQL of a caller's condition on the records of a table under [RecordTable#ALIAS], and of the table's own row
    /// filter.
    ///
    /// @throws Refusal naming every comparison that makes no sense
    static Filter of(Reach reach, RecordTable table, Cond where) {
        Filters filters = new Filters(reach, false, Bind.VALUE, new Faults());
        Condition condition = filters.condition(table, RecordTable.ALIAS, where, 0);
        filters.faults.refuse(Faults.QUERY);
        return new Filter(condition.and(reach.rows(table, RecordTable.ALIAS, Bind.VALUE)), filters.comparisons);
    }

    /// The SQL of an author's row filter.
    ///
    /// @throws Refusal if it makes no sense
    static Condition rows(Reach reach, RecordTable table, String alias, Cond where, Bind bind) {
        Filters filters = new Filters(reach, true, bind, new Faults());
        Condition condition = filters.condition(table, alias, where, 0);
        filters.faults.refuse("The row filter");
        return condition;
    }

    /// What a name that is no column means where it is compared with null.
    void absent(Function<String, Optional<Condition>> meaning) {
        absent = meaning;
    }

    /// The SQL of a condition over the table under this alias, without its row filter.
    Condition condition(RecordTable table, String alias, Cond where) {
        return condition(table, alias, where, 0);
    }

    private Condition condition(RecordTable table, String alias, Cond where, int depth) {
        if (depth > DEEPEST) {
            throw Refusal.tooLarge(
                    "The condition is nested more than " + DEEPEST + " deep.", "Ask in several steps.");
        }
        return switch (where) {
            // What jOOQ makes of no conditions at all would vanish inside a not.
            case Cond.And and when and.conditions().isEmpty() -> trueCondition();
            case Cond.And and -> DSL.and(and.conditions().stream()
                    .map(each -> condition(table, alias, each, depth + 1))
                    .toList());
            case Cond.Or or when or.conditions().isEmpty() -> falseCondition();
            case Cond.Or or -> DSL.or(or.conditions().stream()
                    .map(each -> condition(table, alias, each, depth + 1))
                    .toList());
            case Cond.Not opposite -> not(condition(table, alias, opposite.condition(), depth + 1));
            case Cond.Compare compare -> {
                counted();
                yield at(table, alias, compare.path(), this::fits,
                        (end, its, name) -> compare(end, its, name, compare));
            }
            case Cond.Fields two -> {
                counted();
                yield at(table, alias, two.path(), this::exists, (end, its, name) -> at(
                        table, alias, two.other(), this::exists, (other, theirs, second) -> compare(
                                new Place(end, its, name), two, new Place(other, theirs, second))));
            }
            case Cond.Some some -> {
                counted();
                yield at(table, alias, some.path(), this::fits,
                        (end, its, name) -> some(new Place(end, its, name), some, depth));
            }
        };
    }

    private void counted() {
        if (++comparisons > MOST_COMPARISONS) {
            throw Refusal.tooLarge(
                    "The condition has more than " + MOST_COMPARISONS + " comparisons.",
                    "Use in with a list of values, or ask in several steps.");
        }
    }

    /// A column, by its name in a table that goes by an alias.
    private record Place(RecordTable table, String alias, String name) {

        Column column() {
            return table.known(name);
        }

        Field<Object> field() {
            return column().in(alias);
        }
    }

    /// What is said of the column at the end of a path.
    @FunctionalInterface
    private interface Said {
        Condition of(RecordTable table, String alias, String name);
    }

    private Condition compare(RecordTable table, String alias, String name, Cond.Compare compare) {
        try {
            Optional<Operand> operand = Operand.find(table, alias, name);
            if (operand.isPresent()) {
                return Comparison.of(operand.get(), compare, bind);
            }
            boolean empty = compare.operator() == Cond.Operator.IS && compare.value() == null;
            Optional<Condition> missing = empty ? absent.apply(name) : Optional.empty();
            return missing.orElseGet(() -> fault(Faults.unknown(table, compare.path(), Operand.column(name))));
        } catch (IllegalArgumentException e) {
            return fault(new Fault(Faults.pointer(compare.path()), "type", String.valueOf(e.getMessage())));
        }
    }

    private Condition compare(Place left, Cond.Fields two, Place right) {
        if (left.table().column(left.name()) == null) {
            return fault(Faults.unknown(left.table(), two.path(), left.name()));
        }
        if (right.table().column(right.name()) == null) {
            return fault(Faults.unknown(right.table(), two.other(), right.name()));
        }
        try {
            return Comparison.of(left.column(), left.field(), two.operator(), right.column(), right.field());
        } catch (IllegalArgumentException e) {
            return fault(new Fault(Faults.pointer(two.path()), "type", String.valueOf(e.getMessage())));
        }
    }

    /// That some record of another type refers to this one and fits.
    private Condition some(Place one, Cond.Some some, int depth) {
        Ref ref = Ref.of(some.ref());
        RecordTable others = (whole ? reach.whole(ref) : reach.find(ref)).orElse(null);
        Column column = others == null ? null : others.column(some.column());
        boolean leads = column != null && column.field().flatMap(FieldDefinition::target)
                .filter(target -> target.record().equals(one.table().ref())).isPresent();
        if (!leads || !one.name().equals(RecordTable.ID)) {
            String path = some.ref() + "." + some.column();
            return fault(new Fault(
                    Faults.pointer(path), "unknown", "is not a reference to " + one.table().word()));
        }
        String deeper = one.alias() + "_" + ++aliases;
        return DSL.exists(selectOne()
                .from(others.table().as(deeper))
                .where(column.in(deeper).eq(one.field()))
                .and(whole ? noCondition() : reach.rows(others, deeper, bind))
                .and(condition(others, deeper, some.where(), depth + 1)));
    }

    /// What is said at the end of a way through references.
    private Condition at(RecordTable start, String from, String path, Linking linking, Said said) {
        String ways = Operand.column(path);
        if (ways.indexOf('.') < 0) {
            return said.of(start, from, path);
        }
        String[] parts = ways.split("\\.", -1);
        if (parts.length - 1 > MOST_HOPS) {
            return fault(new Fault(
                    Faults.pointer(path), "path", "must not reach through more than " + MOST_HOPS + " references"));
        }
        Function<Condition, Condition> wrap = Function.identity();
        RecordTable table = start;
        String alias = from;
        for (int i = 0; i < parts.length - 1; i++) {
            Optional<FieldDefinition> reference = table.embedded(parts[i]);
            Optional<RecordTable> next = reference.flatMap(FieldDefinition::target).map(Target::record)
                    .flatMap(ref -> whole ? reach.whole(ref) : reach.find(ref));
            if (next.isEmpty()) {
                return fault(Faults.unknown(table, path, parts[i]));
            }
            // Longer than every alias around it, so it hides none of them.
            String deeper = alias + "_" + ++aliases;
            wrap = wrap.compose(linking.of(new Link(
                    table.known(reference.get().name()).in(alias), next.get(), deeper)));
            table = next.get();
            alias = deeper;
        }
        return wrap.apply(said.of(table, alias, parts[parts.length - 1] + path.substring(ways.length())));
    }

    /// A reference, and the record it leads to under an alias.
    private record Link(Field<Object> reference, RecordTable to, String alias) {

        Field<Object> id() {
            return to.known(RecordTable.ID).in(alias);
        }

        Table<Record> table() {
            return to.table().as(alias);
        }
    }

    /// How a condition on the record behind a reference becomes one on the reference.
    @FunctionalInterface
    private interface Linking {
        Function<Condition, Condition> of(Link link);
    }

    private Function<Condition, Condition> exists(Link link) {
        Condition linked = link.id().eq(link.reference()).and(rows(link));
        return inner -> DSL.exists(selectOne().from(link.table()).where(linked).and(inner));
    }

    /// For a condition on that record alone. What fits in a small table is collected once, which costs less for each
    /// row than a join; in a large one PostgreSQL finds the best way from one record to the other.
    private Function<Condition, Condition> fits(Link link) {
        if (!reach.small(link.to())) {
            return exists(link);
        }
        Condition there = rows(link);
        return inner -> link.reference().isNotNull().and(link.reference().eq(DSL.any(
                DSL.array(select(link.id()).from(link.table()).where(there).and(inner)))));
    }

    private Condition rows(Link link) {
        return whole ? noCondition() : reach.rows(link.to(), link.alias(), bind);
    }

    private Condition fault(Fault fault) {
        faults.add(fault);
        return falseCondition();
    }
}
