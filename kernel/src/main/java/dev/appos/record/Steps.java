package dev.appos.record;

import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Collects the parts of a plan and puts its steps in order.
final class Steps {

    /// The order of the steps: what goes first, then what stands in the way, references late, and last what reads
    /// whole tables.
    enum Phase {
        LOSS(Step.Run.TOGETHER),
        RENAME(Step.Run.TOGETHER),
        DROP(Step.Run.TOGETHER),
        TABLE(Step.Run.TOGETHER),
        COLUMN(Step.Run.TOGETHER),
        INDEX(Step.Run.TOGETHER),
        REFERENCE(Step.Run.TOGETHER),
        ACROSS(Step.Run.ACROSS),
        STEPWISE(Step.Run.STEPWISE);

        private final Step.Run run;

        Phase(Step.Run run) {
            this.run = run;
        }
    }

    private final Map<Phase, List<Step>> steps = new EnumMap<>(Phase.class);
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    void add(Phase phase, TableSpec table, Risk risk, String what, String sql) {
        add(phase, table.app(), risk, what, risk.meaning(), sql);
    }

    void add(Phase phase, String app, Risk risk, String what, String reason, String sql) {
        steps.computeIfAbsent(phase, _ -> new ArrayList<>())
                .add(new Step(app, risk, what, reason, sql, phase.run));
    }

    /// The trigger that keeps rows of the table from being changed.
    void guard(TableSpec table, String keeper) {
        add(Phase.INDEX, table, Risk.SAFE, "keep rows of " + table.title() + " from being changed",
                Ddl.keeper(table, keeper, Schemas.LIVE));
    }

    void problem(TableSpec table, String message, String remedy) {
        problems.add(new Problem(table.source().file(), table.source().line(), 1, message, remedy));
    }

    /// Remembers what is no longer declared and stays.
    void keep(String name) {
        kept.add(name);
    }

    Plan plan() {
        return new Plan(steps.values().stream().flatMap(List::stream).toList(), problems, kept);
    }

    /// When a reference of a table that is new is made.
    static Phase phase(TableSpec table, ConstraintSpec constraint) {
        return constraint.target()
                .filter(to -> !to.app().equals(table.app()))
                .map(_ -> Phase.ACROSS)
                .orElse(Phase.REFERENCE);
    }
}
