package dev.appos.record;

import dev.appos.record.LiveTable.LiveColumn;
import dev.appos.record.LiveTable.LiveConstraint;
import dev.appos.record.TableSpec.ColumnSpec;
import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.IndexSpec;
import dev.appos.record.TableSpec.Kind;
import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Compares tables as they are with tables as they should be, both in PostgreSQL's own words, and plans the steps
/// between them.
///
/// What is no longer declared stays, and may be left out from now on. Constraints and indexes that bear a name of ours
/// and are no longer declared go; those with other names are an administrator's and stay.
final class Differ {

    /// The order of the steps: what stands in the way first, references last.
    private enum Phase {
        DROP,
        TABLE,
        COLUMN,
        CONSTRAINT,
        INDEX,
        REFERENCE,
        ACROSS
    }

    private static final Pattern OURS = Pattern.compile(".*_(key|fkey|check|pkey|idx)");

    private final Probe probe;
    private final Map<String, LiveTable> wanted;
    private final Map<String, LiveTable> live;
    private final Map<Phase, List<Step>> steps = new EnumMap<>(Phase.class);
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /// @param wanted the tables as they should be, as the catalog describes them once made
    Differ(Probe probe, Map<String, LiveTable> wanted, Map<String, LiveTable> live) {
        this.probe = probe;
        this.wanted = wanted;
        this.live = live;
    }

    Plan plan(List<TableSpec> tables) {
        for (TableSpec table : tables) {
            LiveTable found = live.get(table.title());
            if (found == null) {
                create(table);
            } else {
                new Change(table, wanted.get(table.title()), found).all();
            }
        }
        Set<String> undeclared = new HashSet<>(live.keySet());
        tables.forEach(table -> undeclared.remove(table.title()));
        undeclared.stream().sorted().forEach(kept::add);
        List<Step> ordered = steps.values().stream().flatMap(List::stream).toList();
        return new Plan(ordered, problems, kept);
    }

    private void step(Phase phase, TableSpec table, Risk risk, String what, String sql) {
        steps.computeIfAbsent(phase, _ -> new ArrayList<>())
                .add(new Step(table.app(), risk, what, sql, phase == Phase.ACROSS));
    }

    private static Phase phase(TableSpec table, ConstraintSpec constraint) {
        return constraint.target()
                .map(to -> to.app().equals(table.app()) ? Phase.REFERENCE : Phase.ACROSS)
                .orElse(Phase.CONSTRAINT);
    }

    private void create(TableSpec table) {
        step(Phase.TABLE, table, Risk.SAFE, "create " + table.title(), Ddl.table(table, Schemas.LIVE));
        table.constraints().stream().filter(each -> each.kind() == Kind.REFERENCE).forEach(each -> step(
                phase(table, each), table, Risk.SAFE,
                "let " + table.title() + "." + each.columns().getFirst() + " refer to " + to(each),
                Ddl.constraint(table, each, Schemas.LIVE)));
        table.indexes().forEach(index -> step(
                Phase.INDEX, table, Risk.SAFE, "index " + table.title() + " by " + String.join(", ", index.columns()),
                Ddl.index(table, index, Schemas.LIVE)));
        table.keeper().ifPresent(keeper -> keep(table, keeper));
    }

    private void keep(TableSpec table, String keeper) {
        step(Phase.INDEX, table, Risk.SAFE, "keep rows of " + table.title() + " from being changed",
                Ddl.keeper(table, keeper, Schemas.LIVE));
    }

    private static String to(ConstraintSpec reference) {
        return reference.target().map(to -> to.app() + "." + to.table()).orElseThrow();
    }

    /// The steps for one table that is there already.
    private final class Change {

        private final TableSpec table;
        private final LiveTable should;
        private final LiveTable is;
        private final Set<String> added = new HashSet<>();
        private final Set<String> emptied = new HashSet<>();

        Change(TableSpec table, LiveTable should, LiveTable is) {
            this.table = table;
            this.should = should;
            this.is = is;
        }

        void all() {
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
            table.keeper().filter(keeper -> !is.triggers().contains(keeper)).ifPresent(keeper -> keep(table, keeper));
        }

        private boolean ours(String name) {
            return name.startsWith(table.name() + "_") && OURS.matcher(name).matches();
        }

        private void undeclared(String name, LiveColumn column) {
            kept.add(table.title() + "." + name);
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
            step(Phase.COLUMN, table, impossible ? Risk.NEEDS_DATA : Risk.SAFE,
                    "add " + table.title() + "." + column.name(),
                    Ddl.alter(table, Schemas.LIVE, "add column " + column.sql()));
            if (impossible) {
                problem("%s has rows, and they have no value for the new required field %s."
                                .formatted(table.title(), column.name()),
                        "Give the field a @Default, or leave it optional until every row has a value.");
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
                    problem("%s.%s would become %s, but %s does not fit."
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
                problem("%s.%s would become %s, and what %s has there would be lost."
                                .formatted(table.title(), name, column.type(), rows(filled)),
                        "Declare a new field of that type, fill it from the old one, then use it instead.");
            }
        }

        private void require(String column) {
            alter(column, Risk.NEEDS_DATA, "must be given", "set not null");
            long missing = probe.where(table, Ddl.quoted(column) + " is null");
            if (missing > 0) {
                problem("%s.%s is required now, but %s has no value.".formatted(table.title(), column, rows(missing)),
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
            boolean known = constraint.columns().stream().noneMatch(name -> added.contains(name) || emptied.contains(name));
            Risk risk = !known ? Risk.LOCKING : found == null ? Risk.NEEDS_DATA : Risk.LOCKING;
            step(phase(table, constraint), table, risk,
                    "hold " + table.title() + " to " + constraint.name(),
                    Ddl.constraint(table, constraint, Schemas.LIVE));
            boolean target = constraint.target().map(to -> live.containsKey(to.app() + "." + to.table())).orElse(true);
            long breaking = known ? probe.breaking(table, constraint, target) : 0;
            if (breaking > 0) {
                problem("%s cannot be held to %s: %s breaks it."
                                .formatted(table.title(), constraint.sql(Schemas.LIVE), rows(breaking)),
                        "Correct those rows first, or leave the rule as it was.");
            }
        }

        private void index(IndexSpec index) {
            String found = is.indexes().get(index.name());
            if (Objects.equals(found, should.indexes().get(index.name()))) {
                return;
            }
            if (found != null) {
                dropIndex(index.name());
            }
            step(Phase.INDEX, table, Risk.LOCKING,
                    "index " + table.title() + " by " + String.join(", ", index.columns()),
                    Ddl.index(table, index, Schemas.LIVE));
        }

        private void drop(String constraint) {
            step(Phase.DROP, table, Risk.SAFE, "free " + table.title() + " of " + constraint,
                    Ddl.alter(table, Schemas.LIVE, "drop constraint if exists " + Ddl.quoted(constraint)));
        }

        private void dropIndex(String name) {
            step(Phase.DROP, table, Risk.SAFE, "drop index " + name,
                    "drop index " + Schemas.LIVE.table(table.app(), name));
        }

        private void alter(String column, Risk risk, String what, String change) {
            step(Phase.COLUMN, table, risk, table.title() + "." + column + " " + what,
                    Ddl.alter(table, Schemas.LIVE, "alter column " + Ddl.quoted(column) + " " + change));
        }

        private void problem(String message, String remedy) {
            problems.add(new Problem(table.source().file(), table.source().line(), 1, message, remedy));
        }

        private static String rows(long count) {
            return count == 1 ? "1 row" : "each of " + count + " rows";
        }
    }
}
