package dev.appos.insight;

import static dev.appos.dispatch.PlatformRule.optional;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ValueType;
import dev.appos.trace.AuditSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Answers questions of people and agents about the platform. Each is told only of what it may see: objects it may
/// view, and of refusals and logs nothing unless it is an administrator.
final class Ask {

    /// More lines of one list are not told.
    private static final int MOST = 100;

    private final Insight insight;
    private final Performance performance;
    private final Clock clock;

    Ask(Insight insight, Clock clock) {
        this.insight = insight;
        this.performance = new Performance(insight.metrics(), clock);
        this.clock = clock;
    }

    List<PlatformRule> all() {
        return List.of(PlatformRule.reads(
                "ask",
                "Answers a question about the applications themselves: what depends on what, what a change would "
                        + "touch, what was refused, what is slow, what changed, how the platform fares. Send a "
                        + "question in plain words, or a type with ref and window (24h, 7d).",
                Permission.VIEW,
                List.of(
                        optional("question", ValueType.TEXT),
                        optional("type", ValueType.TEXT),
                        optional("ref", ValueType.TEXT),
                        optional("window", ValueType.TEXT)),
                this::answer));
    }

    private Object answer(Permit permit, Map<String, Object> inputs) {
        Graph graph = insight.graphs().of(permit);
        Question asked = question(graph, inputs);
        return switch (asked.kind()) {
            case DEPENDENCY_GRAPH -> GraphAnswers.dependencies(graph, asked);
            case IMPACT_ANALYSIS -> GraphAnswers.impact(graph, permit.snapshot(), asked);
            case SECURITY_VIOLATIONS -> violations(permit, graph, asked);
            case PERFORMANCE_ANALYSIS -> performance.answer(permit, graph, asked);
            case CHANGE_REPORT -> changes(permit, graph, asked);
            case RUNTIME_STATUS -> status(permit, graph, asked);
            case UNKNOWN -> GraphAnswers.unknown(asked);
        };
    }

    private static Question question(Graph graph, Map<String, Object> inputs) {
        String question = (String) inputs.get("question");
        String type = (String) inputs.get("type");
        if ((question == null) == (type == null)) {
            throw Refusal.invalid(
                    "The question", "/question", "required", "must be given, or else a type with ref and window");
        }
        if (type != null) {
            return Question.typed(
                    type,
                    Optional.ofNullable((String) inputs.get("ref")).map(ref -> written(graph, ref)),
                    Optional.ofNullable((String) inputs.get("window")));
        }
        if (inputs.containsKey("ref") || inputs.containsKey("window")) {
            throw Refusal.invalid(
                    "The question", "/question", "conflict", "says it all, or else send type, ref and window");
        }
        return new QuestionReader(graph).read(question);
    }

    /// A field of a record counts as known when its record is.
    private static String written(Graph graph, String ref) {
        boolean field = ref.split("\\.", -1).length == 4 && graph.has(ref.substring(0, ref.lastIndexOf('.')));
        return field ? ref : Graphs.known(graph, ref);
    }

    private Instant since(Question asked) {
        return clock.instant().minus(asked.window());
    }

    private Map<String, @Nullable Object> violations(Permit permit, Graph graph, Question asked) {
        if (!Graphs.administrator(permit)) {
            throw Refusal.forbidden(
                    "To ask what was refused to whom", "logs and the audit are for administrators",
                    "Ask an administrator.");
        }
        List<Map<String, @Nullable Object>> refused =
                AuditSummary.refusals(permit.sql(), object(asked), since(asked), MOST);
        long total = refused.stream().mapToLong(line -> (long) line.get("count")).sum();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("total", total);
        data.put("items", refused);
        String summary = total == 0
                ? "Nothing was refused."
                : "%d %s refused, most often %s %s to %s: %s.".formatted(
                        total, total == 1 ? "call was" : "calls were",
                        refused.getFirst().get("object_ref"), refused.getFirst().get("action"),
                        refused.getFirst().get("principal"), refused.getFirst().get("rule"));
        return GraphAnswers.answer(asked, summary, data);
    }

    private Map<String, @Nullable Object> changes(Permit permit, Graph graph, Question asked) {
        boolean administrator = Graphs.administrator(permit);
        List<Map<String, @Nullable Object>> changes =
                RegistryTable.changes(permit.sql(), object(asked), Optional.of(since(asked)), MOST).stream()
                        .filter(change -> administrator || graph.has((String) change.get("object_ref")))
                        .toList();
        SortedSet<String> changed = new TreeSet<>();
        changes.forEach(change -> changed.add((String) change.get("object_ref")));
        SortedSet<String> impacted = new TreeSet<>();
        changed.forEach(ref -> impacted.addAll(graph.reaching(ref)));
        impacted.removeAll(changed);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("modified", changes);
        data.put("impacted", impacted);
        data.put("cut", changes.size() == MOST);
        String summary = changed.isEmpty()
                ? "No object changed."
                : "%d %s changed, and %d %s touched by that.".formatted(
                        changed.size(), changed.size() == 1 ? "object" : "objects", impacted.size(),
                        impacted.size() == 1 ? "other is" : "others are");
        return GraphAnswers.answer(asked, summary, data);
    }

    private Map<String, @Nullable Object> status(Permit permit, Graph graph, Question asked) {
        boolean administrator = Graphs.administrator(permit);
        Health health = insight.health();
        Map<String, Object> checks = new LinkedHashMap<>();
        health.results().forEach(result ->
                checks.put(result.name(), administrator ? result.values() : result.status().word()));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("status", health.status().word());
        data.put("version", health.facts().version());
        data.put("environment", health.facts().environment());
        data.put("uptime_seconds", health.uptime().toSeconds());
        data.put("checks", checks);
        data.put("objects", graph.objects().size());
        data.put("processes", performance.processes(permit, since(asked)));
        if (administrator) {
            data.put("problems", insight.registry().problems());
        }
        List<String> bad = health.results().stream()
                .filter(result -> result.status() != HealthStatus.HEALTHY)
                .map(HealthResult::name)
                .toList();
        String summary = "The platform is %s%s, and has been up for %d minutes.".formatted(
                health.status().word(), bad.isEmpty() ? "" : " (" + String.join(", ", bad) + ")",
                health.uptime().toMinutes());
        return GraphAnswers.answer(asked, summary, data);
    }

    /// The object a question is about, where it is about a field too.
    private static Optional<String> object(Question asked) {
        return asked.ref().map(ref ->
                ref.split("\\.", -1).length == 4 ? ref.substring(0, ref.lastIndexOf('.')) : ref);
    }
}
