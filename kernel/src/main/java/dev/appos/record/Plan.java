package dev.appos.record;

import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What has to change in the database for the definitions to hold, and why it may not be done.
///
/// @param steps    in the order in which they run
/// @param problems why the steps may not run, in the authors' files; empty when they may
/// @param kept     what is no longer declared and stays as it is: `crm.customers.fax`
public record Plan(List<Step> steps, List<Problem> problems, List<String> kept) {

    public Plan {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
        kept = List.copyOf(kept);
    }

    /// Whether the database is as the definitions say already.
    public boolean upToDate() {
        return steps.isEmpty() && problems.isEmpty();
    }

    /// Whether the steps may not run.
    public boolean refused() {
        return !problems.isEmpty();
    }

    /// The steps of one app.
    Plan of(String app) {
        return new Plan(steps.stream().filter(step -> step.app().equals(app)).toList(), List.of(), List.of());
    }

    /// The plan as JSON-like values.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("steps", steps.stream().map(Plan::values).toList());
        values.put("problems", problems.stream().map(Plan::values).toList());
        values.put("kept", kept);
        return values;
    }

    private static Map<String, Object> values(Step step) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("app", step.app());
        values.put("risk", step.risk().name());
        values.put("what", step.what());
        values.put("reason", step.reason());
        values.put("sql", step.sql());
        return values;
    }

    private static Map<String, Object> values(Problem problem) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("file", problem.file());
        values.put("line", problem.line());
        values.put("message", problem.message());
        values.put("remedy", problem.remedy());
        return values;
    }

    /// For people: one line a step, then what stands in the way.
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        steps.forEach(step -> {
            lines.add("%-11s %s: %s".formatted(step.risk(), step.app(), step.what()));
            if (step.risk() != Risk.SAFE) {
                lines.add(" ".repeat(12) + step.reason());
            }
        });
        problems.forEach(problem -> lines.add(problem.toString()));
        kept.forEach(name -> lines.add("%-11s %s is no longer declared and stays as it is".formatted("KEPT", name)));
        return lines.isEmpty() ? "Nothing to do: the tables are as the definitions say." : String.join("\n", lines);
    }
}
