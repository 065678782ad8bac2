package dev.appos.insight;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Permit;
import dev.appos.object.Input;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Answers what is slow: processes and their steps from the journal, of whoever may see the process; calls of objects
/// from the measurements, for administrators.
final class Performance {

    private static final Ref TIMES = new Ref(Ref.PLATFORM, "rules", "process_times");

    private final Metrics metrics;
    private final Clock clock;

    Performance(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /// How the processes that the caller may see ended since then.
    List<Map<String, Object>> processes(Permit permit, Instant since) {
        return lines(times(permit, Optional.empty(), since), "processes");
    }

    Map<String, @Nullable Object> answer(Permit permit, Graph graph, Question asked) {
        Optional<String> process = asked.ref().filter(ref -> graph.type(ref).equals("process"));
        Map<String, Object> times = times(permit, process, clock.instant().minus(asked.window()));
        boolean all = asked.ref().isEmpty();
        List<Map<String, Object>> steps = all || process.isPresent() ? lines(times, "steps") : List.of();
        List<Map<String, Object>> processes = all || process.isPresent() ? lines(times, "processes") : List.of();
        List<Map<String, Object>> objects = objects(permit, graph, asked);
        Optional<Map<String, Object>> bottleneck = steps.isEmpty()
                ? objects.stream().findFirst()
                : Optional.of(steps.getFirst());
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("processes", processes);
        data.put("steps", steps);
        data.put("objects", objects);
        data.put("bottleneck", bottleneck.orElse(null));
        String hint = steps.isEmpty() ? hint(objects) : hint(steps.getFirst(), total(steps));
        data.put("hint", hint);
        return GraphAnswers.answer(asked, hint, data);
    }

    /// Of a step that took this share of the time of all steps, what to look at.
    private static String hint(Map<String, Object> step, BigDecimal total) {
        BigDecimal own = number(step, "total_ms");
        long percent = total.signum() == 0 ? 0 : Math.round(100 * own.doubleValue() / total.doubleValue());
        String where = "%s of %s took %d %% of the time of all steps (average %s ms, p95 %s ms)".formatted(
                step.get("step"), step.get("process"), percent, step.get("average_ms"), step.get("p95_ms"));
        if (Boolean.TRUE.equals(step.get("waits_for_person"))) {
            return where + ": it waits for a person, so remind who decides or give the question a due date.";
        }
        if (number(step, "retries").signum() > 0) {
            return where + ": it was tried again " + step.get("retries") + " times, so look at its errors first.";
        }
        boolean uneven = number(step, "p95_ms").compareTo(number(step, "average_ms").multiply(BigDecimal.TEN)) > 0;
        return where + (uneven
                ? ": a few runs are far slower than the rest, so compare their inputs."
                : ": look at what it calls, in its dependencies.");
    }

    private static String hint(List<Map<String, Object>> objects) {
        return objects.isEmpty()
                ? "Nothing that you may see was measured in this time."
                : "%s is the slowest object (p95 %s ms): look at what it calls, in its dependencies."
                        .formatted(objects.getFirst().get("ref"), objects.getFirst().get("p95_ms"));
    }

    private static BigDecimal total(List<Map<String, Object>> steps) {
        return steps.stream().map(step -> number(step, "total_ms")).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// The measurements of the object asked about and of what it uses, or of all; the slowest first.
    private List<Map<String, Object>> objects(Permit permit, Graph graph, Question asked) {
        if (!Graphs.administrator(permit)) {
            return List.of();
        }
        SortedSet<String> refs = asked.ref().map(graph::reached).orElseGet(graph::objects);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String ref : refs) {
            Ref.parse(ref).flatMap(known -> metrics.of(known, asked.window())).ifPresent(figures -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("ref", ref);
                line.putAll(figures);
                objects.add(line);
            });
        }
        objects.sort(Comparator.comparing((Map<String, Object> line) -> number(line, "p95_ms")).reversed());
        return objects;
    }

    private static BigDecimal number(Map<String, Object> line, String key) {
        return line.get(key) instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
    }

    private static Map<String, Object> times(Permit permit, Optional<String> process, Instant since) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        process.ifPresent(ref -> inputs.put("process", ref));
        inputs.put("since", since);
        return Json.object(permit.call(Call.of(TIMES, new Input.Run(inputs))), "The times");
    }

    private static List<Map<String, Object>> lines(Map<String, Object> times, String key) {
        return ((List<?>) times.get(key)).stream().map(line -> Json.object(line, key)).toList();
    }
}
