package dev.appos.record;

import dev.appos.record.Steps.Phase;
import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private final Steps steps = new Steps();

    /// @param wanted the tables as they should be, as the catalog describes them once made
    Differ(Probe probe, Map<String, LiveTable> wanted, Map<String, LiveTable> live) {
        this.probe = probe;
        this.wanted = wanted;
        this.live = live;
    }

    Plan plan(List<TableSpec> tables) {
        for (TableSpec table : tables) {
            if (live.containsKey(table.title())) {
                new TableChange(steps, probe, live, table, wanted.get(table.title())).plan();
            } else {
                create(table);
            }
        }
        Set<String> undeclared = new HashSet<>(live.keySet());
        tables.forEach(table -> undeclared.remove(table.title()));
        undeclared.stream().sorted().forEach(steps::keep);
        return steps.plan();
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
