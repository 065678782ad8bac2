package dev.appos.record;

import dev.appos.record.Steps.Phase;
import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares tables as they are with tables as they should be, both in PostgreSQL's own words, and plans the steps
/// between them.
///
/// What is no longer declared stays, and may be left out from now on. Constraints and indexes that bear a name of ours
/// and are no longer declared go; those with other names are an administrator's and stay.
final class Differ {

    private final Probe probe;
    private final Map<String, LiveTable> wanted;
    private final Map<String, LiveTable> live;
    private final Renames renames;
    private final Steps steps;

    /// @param wanted  the tables as they should be, as the catalog describes them once made
    /// @param live    those there are, under the names they get
    /// @param renames what was called otherwise until now
    /// @param steps   those that come first
    Differ(Probe probe, Map<String, LiveTable> wanted, Map<String, LiveTable> live, Renames renames, Steps steps) {
        this.probe = probe;
        this.wanted = wanted;
        this.live = live;
        this.renames = renames;
        this.steps = steps;
    }

    Plan plan(List<TableSpec> tables) {
        Set<String> undeclared = new HashSet<>(live.keySet());
        tables.forEach(table -> undeclared.remove(table.title()));
        for (TableSpec table : tables) {
            if (live.containsKey(table.title())) {
                new TableChange(steps, probe, live, table, wanted.get(table.title()), renames.names(table)).plan();
            } else {
                create(table);
                undeclared.stream().sorted().filter(title -> likely(table, title)).findFirst()
                        .ifPresent(title -> ask(table, title));
            }
        }
        undeclared.stream().sorted().forEach(this::keep);
        return steps.plan();
    }

    private void keep(String title) {
        steps.keep(title);
        LiveTable table = live.get(title);
        if (!table.kept() && Removals.ours(table)) {
            String app = title.substring(0, title.indexOf('.'));
            steps.add(Phase.COLUMN, app, Risk.SAFE, title + " is no longer declared and stays", Risk.SAFE.meaning(),
                    Ddl.comment(app, title.substring(app.length() + 1), Optional.of(LiveTable.KEPT)));
        }
    }

    /// Whether a new table may be one that went away with this change: it has the same columns.
    private boolean likely(TableSpec table, String title) {
        return !live.get(title).kept() && title.startsWith(table.app() + ".") && table.keeper().isEmpty()
                && live.get(title).columns().keySet().equals(wanted.get(table.title()).columns().keySet());
    }

    private void ask(TableSpec table, String title) {
        steps.problem(table,
                "%s is no longer declared and %s is new, with the same fields: is it the same record?"
                        .formatted(title, table.title()),
                "If it is, write @RenamedFrom with the record's former name on it. If not, take the one away first and "
                        + "add the other then, or have what is stored in it dropped: appos migrate --drop.");
    }

    private void create(TableSpec table) {
        steps.add(Phase.TABLE, table, Risk.SAFE, "create " + table.title(), Ddl.table(table, Schemas.LIVE));
        table.constraints().stream().filter(each -> each.kind() == Kind.REFERENCE).forEach(each -> steps.add(
                Steps.phase(table, each), table, Risk.SAFE,
                "let " + table.title() + "." + each.columns().getFirst() + " refer to " + to(each),
                Ddl.constraint(table, each, Schemas.LIVE)));
        table.indexes().forEach(index -> steps.add(
                Phase.INDEX, table, Risk.SAFE, "index " + table.title() + " by " + String.join(", ", index.columns()),
                Ddl.index(table, index, Schemas.LIVE)));
        table.keeper().ifPresent(keeper -> steps.guard(table, keeper));
    }

    private static String to(ConstraintSpec reference) {
        return reference.target().map(to -> to.app() + "." + to.table()).orElseThrow();
    }
}
