package dev.appos.record;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import dev.appos.api.Cond;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Target;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
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

    private final Faults faults = new Faults();
    private int comparisons;
    private int aliases;

    private Filters(Reach reach, boolean whole) {
        this.reach = reach;
        this.whole = whole;
    }

    /// The SQL of a caller's condition on the records of a table under [RecordTable#ALIAS], and of the table's own row
    /// filter.
    ///
    /// @throws Refusal naming every comparison that makes no sense
    static Filter of(Reach reach, RecordTable table, Cond where) {
        Filters filters = new Filters(reach, false);
        Condition condition = filters.condition(table, RecordTable.ALIAS, where, 0);
        filters.faults.refuse(Faults.QUERY);
        return new Filter(condition.and(reach.rows(table, RecordTable.ALIAS)), filters.comparisons);
    }

    /// The SQL of an author's row filter.
    ///
    /// @throws Refusal if it makes no sense
    static Condition rows(Reach reach, RecordTable table, String alias, Cond where) {
        Filters filters = new Filters(reach, true);
        Condition condition = filters.condition(table, alias, where, 0);
        filters.faults.refuse("The row filter");
        return condition;
    }

    /// The column at the end of a path, whoever asks.
    static Column end(Reach reach, RecordTable table, String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? table.known(path)
                : end(
                        reach,
                        table.embedded(path.substring(0, dot)).flatMap(FieldDefinition::target).map(Target::record)
                                .flatMap(reach::whole).orElseThrow(),
                        path.substring(dot + 1));
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
                if (++comparisons > MOST_COMPARISONS) {
                    throw Refusal.tooLarge(
                            "The condition has more than " + MOST_COMPARISONS + " comparisons.",
                            "Use in with a list of values, or ask in several steps.");
                }
                yield compare(table, alias, compare);
            }
        };
    }

    private Condition compare(RecordTable table, String alias, Cond.Compare compare) {
        String path = compare.path();
        if (path.indexOf('.') >= 0) {
            return through(table, alias, compare, path.split("\\.", -1));
        }
        return end(table, alias, path, compare);
    }

    private Condition end(RecordTable table, String alias, String name, Cond.Compare compare) {
        Column column = table.column(name);
        if (column == null) {
            return fault(Faults.unknown(table, compare.path(), name));
        }
        try {
            return Comparison.of(column, alias, compare);
        } catch (IllegalArgumentException e) {
            return fault(new Fault(Faults.pointer(compare.path()), "type", String.valueOf(e.getMessage())));
        }
    }

    /// A comparison at the end of a way through references.
    private Condition through(RecordTable start, String from, Cond.Compare compare, String[] parts) {
        String path = compare.path();
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
            wrap = wrap.compose(link(table, alias, reference.get(), next.get(), deeper));
            table = next.get();
            alias = deeper;
        }
        return wrap.apply(end(table, alias, parts[parts.length - 1], compare));
    }

    private Function<Condition, Condition> link(
            RecordTable from, String alias, FieldDefinition reference, RecordTable to, String deeper) {
        Table<Record> target = to.table().as(deeper);
        Condition linked = to.known(RecordTable.ID).in(deeper).eq(from.known(reference.name()).in(alias))
                .and(whole ? noCondition() : reach.rows(to, deeper));
        return inner -> exists(selectOne().from(target).where(linked).and(inner));
    }

    private Condition fault(Fault fault) {
        faults.add(fault);
        return falseCondition();
    }
}
