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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    private final Set<String> titles;

    /// @param live   every table there is
    /// @param should the table as it should be, as the catalog describes it once made
    /// @param titles what the table is and was called: names of its parts begin so
    TableChange(
            Steps steps, Probe probe, Map<String, LiveTable> live, TableSpec table, LiveTable should,
            Set<String> titles) {
        this.steps = steps;
        this.probe = probe;
        this.live = live;
        this.table = table;
        this.should = should;
        this.is = live.get(table.title());
        this.titles = titles;
    }

    void plan() {
        if (is.kept()) {
            steps.add(Phase.COLUMN, table, Risk.SAFE, table.title() + " is declared again",
                    Ddl.comment(table, Optional.empty()));
        }
        adoptConstraints();
        adoptIndexes();
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

    /// What is there already under a name that follows from one of a table or a field that was renamed.
    private void adoptConstraints() {
        for (ConstraintSpec constraint : table.constraints()) {
            LiveConstraint wish = should.constraints().get(constraint.name());
            if (is.constraints().containsKey(constraint.name())) {
                continue;
            }
            stray(is.constraints(), should.constraints(), found ->
                            found.kind() == wish.kind() && found.definition().equals(wish.definition()))
                    .ifPresent(old -> {
                        steps.add(Phase.RENAME, table, Risk.SAFE, old + " is called " + constraint.name(),
                                Ddl.alter(table, Schemas.LIVE, "rename constraint %s to %s".formatted(
                                        Ddl.quoted(old), Ddl.quoted(constraint.name()))));
                        is.constraints().put(constraint.name(), is.constraints().remove(old));
                    });
        }
    }

    private void adoptIndexes() {
        for (IndexSpec index : table.indexes()) {
            String wish = should.indexes().get(index.name());
            if (is.indexes().containsKey(index.name())) {
                continue;
            }
            stray(is.indexes(), should.indexes(), found -> nameless(found).equals(nameless(wish))).ifPresent(old -> {
                steps.add(Phase.RENAME, table, Risk.SAFE, old + " is called " + index.name(),
                        "alter index %s rename to %s".formatted(
                                Schemas.LIVE.table(table.app(), old), Ddl.quoted(index.name())));
                is.indexes().remove(old);
                is.indexes().put(index.name(), wish);
            });
        }
    }

    private static String nameless(String index) {
        return index.replaceFirst(" INDEX \\S+ ON ", " INDEX ON ");
    }

    /// The name of a part of ours that is there, is not wanted by that name, and is what is looked for.
    private <T> Optional<String> stray(Map<String, T> there, Map<String, T> wanted, Predicate<T> same) {
        return there.entrySet().stream()
                .filter(each -> ours(each.getKey()) && !wanted.containsKey(each.getKey()))
                .filter(each -> same.test(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean ours(String name) {
        return titles.stream().anyMatch(title -> name.startsWith(title + "_")) && OURS.matcher(name).matches();
    }

    /// What is no longer declared stays, and need not be given. That this is so is written beside it, so that a field
    /// of that type which is new later on is not taken for the same under another name.
    private void undeclared(String name, LiveColumn column) {
        steps.keep(table.title() + "." + name);
        if (column.required() && column.defaultValue().isEmpty()) {
            alter(name, Risk.SAFE, "is no longer declared and may be left out", "drop not null");
        }
        if (!column.kept()) {
            steps.add(Phase.COLUMN, table, Risk.SAFE, table.title() + "." + name + " is no longer declared and stays",
                    Ddl.comment(table, name, Optional.of(LiveTable.KEPT)));
            should.columns().keySet().stream()
                    .filter(other -> !is.columns().containsKey(other))
                    .filter(other -> kind(should.columns().get(other)).equals(kind(column)))
                    .findFirst()
                    .ifPresent(other -> steps.problem(table,
                            "%s.%s is no longer declared and %s is new, of the same type: is it the same field?"
                                    .formatted(table.title(), name, other),
                            "If it is, write @RenamedFrom(\"%s\") on %s. If not, take %s away first and add %s then, "
                                    .formatted(name, other, name, other)
                                    + "or have what is stored in it dropped: appos migrate --drop."));
        }
    }

    private static String kind(LiveColumn column) {
        return column.type().replaceAll("\\(.*\\)", "");
    }

    private void column(ColumnSpec column, LiveColumn wish) {
        LiveColumn found = is.columns().get(column.name());
        if (found == null) {
            add(column);
            return;
        }
        if (found.kept()) {
            steps.add(Phase.COLUMN, table, Risk.SAFE, table.title() + "." + column.name() + " is declared again",
                    Ddl.comment(table, column.name(), Optional.empty()));
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
            require(column);
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
                Ddl.alter(table, Schemas.LIVE, "drop column %s%s, add column %s".formatted(
                        Ddl.quoted(name), found.generated() ? Loss.NONE : "", column.sql())));
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
        if (change.using().isPresent() && probe.filled(table)) {
            makeWay(column, found);
        } else if (change.using().isPresent()) {
            replace(column, found, what);
            return;
        }
        alter(name, change.risk(), what, "type " + column.type()
                + change.using().map(using -> " using " + using.replace("{0}", Ddl.quoted(name))).orElse(""));
        change.fits().ifPresent(fits -> {
            String condition = fits.replace("{0}", Ddl.quoted(name));
            long large = probe.where(table, "not (" + condition + ")");
            if (large > 0) {
                steps.problem(table, "%s.%s would become %s, but %s does not fit."
                                .formatted(table.title(), name, column.type(), rows(large)),
                        change.using().isPresent()
                                ? "Correct those values first, or declare a new field of that type beside it."
                                : "Shorten those values first, or leave the field as large as it was.");
            }
        });
    }

    /// What was said of values of the former type cannot be said of those of the other. What is to be said of these can
    /// only be asked once they are there: so it comes in a step of its own.
    private void makeWay(ColumnSpec column, LiveColumn found) {
        String name = column.name();
        free(column, found);
        table.constraints().stream()
                .filter(constraint -> constraint.columns().contains(name))
                .findFirst()
                .ifPresent(constraint -> steps.problem(table,
                        "%s.%s would become %s and be held to %s at once: who can tell whether its rows bear that?"
                                .formatted(table.title(), name, column.type(), constraint.name()),
                        "Change the type first, and say what may be in it when that is done."));
    }

    private void free(ColumnSpec column, LiveColumn found) {
        is.constraints().forEach((constraint, live) -> {
            if (live.columns().contains(column.name())) {
                drop(constraint);
            }
        });
        emptied.add(column.name());
        if (found.defaultValue().isPresent()) {
            alter(column.name(), Risk.SAFE, "drop default", "drop default");
        }
    }

    /// Values of one type that mean nothing in the other. Without any there is nothing to lose.
    private void replace(ColumnSpec column, LiveColumn found, String what) {
        String name = column.name();
        long filled = probe.where(table, Ddl.quoted(name) + " is not null");
        free(column, found);
        alter(name, filled == 0 ? Risk.LOCKING : Risk.DESTRUCTIVE, what,
                "type " + column.type() + " using null::" + column.type());
        if (filled > 0) {
            steps.problem(table, "%s.%s would become %s, and what %s has there would be lost."
                            .formatted(table.title(), name, column.type(), rows(filled)),
                    "Declare a new field of that type, fill it from the old one, then use it instead.");
        }
    }

    private void require(ColumnSpec column) {
        String name = column.name();
        String empty = Ddl.quoted(name) + " is null";
        long missing = probe.where(table, empty);
        if (missing > 0 && column.defaultValue().isPresent()) {
            steps.add(Phase.STEPWISE, table, Risk.NEEDS_DATA,
                    "%s.%s gets its default where it has no value: %d rows".formatted(table.title(), name, missing),
                    Gently.filled(table, name, column.defaultValue().get()));
        } else if (missing > 0) {
            steps.problem(table,
                    "%s.%s is required now, but %s has no value.".formatted(table.title(), name, rows(missing)),
                    "Fill in the field first, give it a @Default, or leave it optional.");
        }
        steps.add(Phase.STEPWISE, table, Risk.NEEDS_DATA, table.title() + "." + name + " must be given",
                Gently.required(table, name));
    }

    private void constraint(ConstraintSpec constraint) {
        LiveConstraint found = is.constraints().get(constraint.name());
        boolean replaced = constraint.columns().stream().anyMatch(emptied::contains);
        boolean same = found != null
                && found.definition().equals(should.constraints().get(constraint.name()).definition());
        if (same && !replaced) {
            return;
        }
        boolean known = !replaced && constraint.columns().stream().noneMatch(added::contains);
        steps.add(Phase.STEPWISE, table, known ? Risk.NEEDS_DATA : Risk.SAFE,
                "hold " + table.title() + " to " + constraint.name(), Gently.constraint(table, constraint));
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
        steps.add(Phase.STEPWISE, table, index.unique() ? Risk.NEEDS_DATA : Risk.SAFE,
                "index " + table.title() + " by " + String.join(", ", index.columns()),
                Gently.index(table, index));
        boolean there = is.columns().keySet().containsAll(index.columns());
        // The condition may be about a column that comes with this plan: then every row is looked at.
        String rows = index.where().filter(where -> added.stream().noneMatch(where::contains)).orElse("true");
        long alike = index.unique() && there ? probe.duplicates(table, index.columns(), rows) : 0;
        if (alike > 0) {
            steps.problem(table, "%s cannot have each %s only once: %s is like another."
                            .formatted(table.title(), String.join(" and ", index.columns()), rows(alike)),
                    "Correct those rows first, or leave the rule as it was.");
        }
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
