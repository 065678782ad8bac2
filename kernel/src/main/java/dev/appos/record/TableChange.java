package dev.appos.record;

import dev.appos.record.LiveTable.LiveColumn;
import dev.appos.record.LiveTable.LiveConstraint;
import dev.appos.record.Steps.Phase;
import dev.appos.record.TableSpec.ColumnSpec;
import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.IndexSpec;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// The steps for one table that is there already.
final class TableChange {

    private static final Pattern OURS = Pattern.compile(".*_(key|fkey|check|pkey|idx)");

    private final Steps steps;
    private final Probe probe;
    private final Map<String, LiveTable> live;
    private final TableSpec table;
    private final LiveTable should;
    private final LiveTable is;
    private final Set<String> added = new HashSet<>();
    private final Set<String> emptied = new HashSet<>();

    /// @param live   every table there is
    /// @param should the table as it should be, as the catalog describes it once made
    TableChange(Steps steps, Probe probe, Map<String, LiveTable> live, TableSpec table, LiveTable should) {
        this.steps = steps;
        this.probe = probe;
        this.live = live;
        this.table = table;
        this.should = should;
        this.is = live.get(table.title());
    }

    void plan() {
        should.columns().forEach((name, column) -> column(table.column(name), column));
        is.columns().forEach((name, column) -> {
            if (!should.columns().containsKey(name)) {
                undeclared(name, column);
            }
        });
        table.constraints().forEach(this::constraint);
        is.constraints().forEach((name, constraint) -> {
            if (!should.constraints().containsKey(name) && ours(name)) {
                drop(name);
            }
        });
        table.indexes().forEach(this::index);
        is.indexes().keySet().stream()
                .filter(name -> !should.indexes().containsKey(name) && ours(name))
                .forEach(name -> dropIndex(name));
        table.keeper()
                .filter(keeper -> !is.triggers().contains(keeper))
                .ifPresent(keeper -> steps.guard(table, keeper));
    }

    private boolean ours(String name) {
        return name.startsWith(table.name() + "_") && OURS.matcher(name).matches();
    }

    private void undeclared(String name, LiveColumn column) {
        steps.keep(table.title() + "." + name);
        if (column.required() && column.defaultValue().isEmpty()) {
            alter(name, Risk.SAFE, "is no longer declared and may be left out", "drop not null");
        }
    }

    private void column(ColumnSpec column, LiveColumn wish) {
        LiveColumn found = is.columns().get(column.name());
        if (found == null) {
            add(column);
            return;
        }
        if (wish.generated() || found.generated()) {
            regenerate(column, found, wish);
            return;
        }
        boolean retyped = !found.type().equals(wish.type());
        if (retyped) {
            retype(column, found, wish);
        }
        if (!column.identity() && (retyped && wish.defaultValue().isPresent()
                || !found.defaultValue().equals(wish.defaultValue()))) {
            String change = column.defaultValue().map(value -> "set default " + value).orElse("drop default");
            alter(column.name(), Risk.SAFE, change, change);
        }
        if (found.required() && !wish.required()) {
            alter(column.name(), Risk.SAFE, "may be left out", "drop not null");
        } else if (!found.required() && wish.required()) {
            require(column.name());
        }
    }

    private void add(ColumnSpec column) {
        added.add(column.name());
        boolean impossible = column.required() && column.defaultValue().isEmpty() && probe.filled(table);
        steps.add(Phase.COLUMN, table, impossible ? Risk.NEEDS_DATA : Risk.SAFE,
                "add " + table.title() + "." + column.name(),
                Ddl.alter(table, Schemas.LIVE, "add column " + column.sql()));
        if (impossible) {
            steps.problem(table, "%s has rows, and they have no value for the new required field %s."
                            .formatted(table.title(), column.name()),
                    "Give the field a @Default, or leave it optional until every row has a value.");
        }
    }

    /// A column with values of its own cannot become a computed one, nor the other way round: the computed one goes,
    /// and nothing is lost with it.
    private void regenerate(ColumnSpec column, LiveColumn found, LiveColumn wish) {
        if (found.equals(wish)) {
            return;
        }
        String name = column.name();
        is.constraints().forEach((constraint, live) -> {
            if (live.columns().contains(name)) {
                drop(constraint);
            }
        });
        emptied.add(name);
        steps.add(Phase.COLUMN, table, found.generated() ? Risk.LOCKING : Risk.DESTRUCTIVE,
                table.title() + "." + name + " is computed anew",
                Ddl.alter(table, Schemas.LIVE, "drop column " + Ddl.quoted(name) + ", add column " + column.sql()));
        long filled = found.generated() ? 0 : probe.where(table, Ddl.quoted(name) + " is not null");
        if (filled > 0) {
            steps.problem(table, "%s.%s would be computed, and what %s has there would be lost."
                            .formatted(table.title(), name, rows(filled)),
                    "Declare a new computed field beside the old one.");
        }
    }

    private void retype(ColumnSpec column, LiveColumn found, LiveColumn wish) {
        String name = column.name();
        String what = "becomes " + column.type();
        TypeChange change = TypeChange.of(found.type(), wish.type());
        if (change.risk() == Risk.DESTRUCTIVE) {
            replace(column, found, what);
            return;
        }
        alter(name, change.risk(), what, "type " + column.type());
        change.fits().ifPresent(fits -> {
            String condition = fits.replace("{0}", Ddl.quoted(name));
            long large = probe.where(table, "not (" + condition + ")");
            if (large > 0) {
                steps.problem(table, "%s.%s would become %s, but %s does not fit."
                                .formatted(table.title(), name, column.type(), rows(large)),
                        "Shorten those values first, or leave the field as large as it was.");
            }
        });
    }

    /// Values of one type that mean nothing in the other. Without any there is nothing to lose.
    private void replace(ColumnSpec column, LiveColumn found, String what) {
        String name = column.name();
        long filled = probe.where(table, Ddl.quoted(name) + " is not null");
        is.constraints().forEach((constraint, live) -> {
            if (live.columns().contains(name)) {
                drop(constraint);
            }
        });
        emptied.add(name);
        if (found.defaultValue().isPresent()) {
            alter(name, Risk.SAFE, "drop default", "drop default");
        }
        alter(name, filled == 0 ? Risk.LOCKING : Risk.DESTRUCTIVE, what,
                "type " + column.type() + " using null::" + column.type());
        if (filled > 0) {
            steps.problem(table, "%s.%s would become %s, and what %s has there would be lost."
                            .formatted(table.title(), name, column.type(), rows(filled)),
                    "Declare a new field of that type, fill it from the old one, then use it instead.");
        }
    }

    private void require(String column) {
        alter(column, Risk.NEEDS_DATA, "must be given", "set not null");
        long missing = probe.where(table, Ddl.quoted(column) + " is null");
        if (missing > 0) {
            steps.problem(table,
                    "%s.%s is required now, but %s has no value.".formatted(table.title(), column, rows(missing)),
                    "Fill in the field first, or leave it optional.");
        }
    }

    private void constraint(ConstraintSpec constraint) {
        LiveConstraint found = is.constraints().get(constraint.name());
        boolean replaced = constraint.columns().stream().anyMatch(emptied::contains);
        boolean same = found != null
                && found.definition().equals(should.constraints().get(constraint.name()).definition());
        if (same && !replaced) {
            return;
        }
        if (found != null && !replaced) {
            drop(constraint.name());
        }
        boolean known = !replaced && constraint.columns().stream().noneMatch(added::contains);
        Risk risk = !known ? Risk.LOCKING : found == null ? Risk.NEEDS_DATA : Risk.LOCKING;
        steps.add(Steps.phase(table, constraint), table, risk,
                "hold " + table.title() + " to " + constraint.name(),
                Ddl.constraint(table, constraint, Schemas.LIVE));
        boolean target = constraint.target().map(to -> live.containsKey(to.app() + "." + to.table())).orElse(true);
        long breaking = known ? probe.breaking(table, constraint, target) : 0;
        if (breaking > 0) {
            steps.problem(table, "%s cannot be held to %s: %s breaks it."
                            .formatted(table.title(), constraint.sql(Schemas.LIVE), rows(breaking)),
                    "Correct those rows first, or leave the rule as it was.");
        }
    }

    private void index(IndexSpec index) {
        boolean gone = index.columns().stream().anyMatch(emptied::contains)
                && index.columns().stream().anyMatch(name -> should.columns().get(name).generated());
        String found = gone ? null : is.indexes().get(index.name());
        if (Objects.equals(found, should.indexes().get(index.name()))) {
            return;
        }
        if (found != null) {
            dropIndex(index.name());
        }
        steps.add(Phase.INDEX, table, Risk.LOCKING,
                "index " + table.title() + " by " + String.join(", ", index.columns()),
                Ddl.index(table, index, Schemas.LIVE));
    }

    private void drop(String constraint) {
        steps.add(Phase.DROP, table, Risk.SAFE, "free " + table.title() + " of " + constraint,
                Ddl.alter(table, Schemas.LIVE, "drop constraint if exists " + Ddl.quoted(constraint)));
    }

    private void dropIndex(String name) {
        steps.add(Phase.DROP, table, Risk.SAFE, "drop index " + name,
                "drop index " + Schemas.LIVE.table(table.app(), name));
    }

    private void alter(String column, Risk risk, String what, String change) {
        steps.add(Phase.COLUMN, table, risk, table.title() + "." + column + " " + what,
                Ddl.alter(table, Schemas.LIVE, "alter column " + Ddl.quoted(column) + " " + change));
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : "each of " + count + " rows";
    }
}
