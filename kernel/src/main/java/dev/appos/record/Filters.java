package dev.appos.record;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import dev.appos.api.Cond;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Target;
import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.List;
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

    private final Tables tables;
    private final Snapshot snapshot;
    private final Faults faults = new Faults();
    private final List<Reach> reaches = new ArrayList<>();
    private int comparisons;
    private int aliases;

    private Filters(Tables tables, Snapshot snapshot) {
        this.tables = tables;
        this.snapshot = snapshot;
    }

    /// The SQL of a condition on the records of a table.
    ///
    /// @throws Refusal naming every comparison that makes no sense
    static Filter of(Tables tables, Snapshot snapshot, RecordTable table, Cond where) {
        Filters filters = new Filters(tables, snapshot);
        Condition condition = filters.condition(table, where, 0);
        filters.faults.refuse(Faults.QUERY);
        return new Filter(condition, filters.comparisons, filters.reaches);
    }

    private Condition condition(RecordTable table, Cond where, int depth) {
        if (depth > DEEPEST) {
            throw Refusal.tooLarge(
                    "The condition is nested more than " + DEEPEST + " deep.", "Ask in several steps.");
        }
        return switch (where) {
            // What jOOQ makes of no conditions at all would vanish inside a not.
            case Cond.And and when and.conditions().isEmpty() -> trueCondition();
            case Cond.And and -> DSL.and(and.conditions().stream()
                    .map(each -> condition(table, each, depth + 1))
                    .toList());
            case Cond.Or or when or.conditions().isEmpty() -> falseCondition();
            case Cond.Or or -> DSL.or(or.conditions().stream()
                    .map(each -> condition(table, each, depth + 1))
                    .toList());
            case Cond.Not opposite -> not(condition(table, opposite.condition(), depth + 1));
            case Cond.Compare compare -> {
                if (++comparisons > MOST_COMPARISONS) {
                    throw Refusal.tooLarge(
                            "The condition has more than " + MOST_COMPARISONS + " comparisons.",
                            "Use in with a list of values, or ask in several steps.");
                }
                yield compare(table, compare);
            }
        };
    }

    private Condition compare(RecordTable table, Cond.Compare compare) {
        String path = compare.path();
        if (path.indexOf('.') >= 0) {
            return through(table, compare, path.split("\\.", -1));
        }
        Column column = table.column(path);
        if (column == null) {
            faults.add(Faults.unknown(table, path, path));
            return falseCondition();
        }
        try {
            return Comparison.of(column, RecordTable.ALIAS, compare);
        } catch (IllegalArgumentException e) {
            faults.add(Faults.pointer(path), "type", String.valueOf(e.getMessage()));
            return falseCondition();
        }
    }

    /// A comparison at the end of a way through references.
    private Condition through(RecordTable start, Cond.Compare compare, String[] parts) {
        String path = compare.path();
        if (parts.length - 1 > MOST_HOPS) {
            faults.add(Faults.pointer(path), "path", "must not reach through more than " + MOST_HOPS + " references");
            return falseCondition();
        }
        List<Reach.Hop> hops = new ArrayList<>();
        Function<Condition, Condition> wrap = Function.identity();
        RecordTable table = start;
        String alias = RecordTable.ALIAS;
        for (int i = 0; i < parts.length - 1; i++) {
            Fault hidden = Faults.unknown(table, path, parts[i]);
            Optional<FieldDefinition> reference = table.embedded(parts[i]);
            Optional<RecordTable> next = reference.flatMap(FieldDefinition::target)
                    .map(Target::record)
                    .flatMap(ref -> tables.find(snapshot, ref));
            if (next.isEmpty()) {
                return fault(hops, hidden);
            }
            hops.add(new Reach.Hop(next.get().ref(), hidden));
            String deeper = "r" + ++aliases;
            wrap = wrap.compose(link(table, alias, reference.get(), next.get(), deeper));
            table = next.get();
            alias = deeper;
        }
        String last = parts[parts.length - 1];
        Column column = table.column(last);
        if (column == null) {
            return fault(hops, Faults.unknown(table, path, last));
        }
        try {
            Condition condition = wrap.apply(Comparison.of(column, alias, compare));
            reaches.add(new Reach(hops, Optional.empty()));
            return condition;
        } catch (IllegalArgumentException e) {
            return fault(hops, new Fault(Faults.pointer(path), "type", String.valueOf(e.getMessage())));
        }
    }

    private static Function<Condition, Condition> link(
            RecordTable from, String alias, FieldDefinition reference, RecordTable to, String deeper) {
        Table<Record> target = to.table().as(deeper);
        Condition linked = to.known(RecordTable.ID).in(deeper).eq(from.known(reference.name()).in(alias));
        return inner -> exists(selectOne().from(target).where(linked).and(inner));
    }

    /// What is wrong before the first reference is said at once; behind it, only to those who may see there.
    private Condition fault(List<Reach.Hop> hops, Fault fault) {
        if (hops.isEmpty()) {
            faults.add(fault);
        } else {
            reaches.add(new Reach(hops, Optional.of(fault)));
        }
        return falseCondition();
    }
}
