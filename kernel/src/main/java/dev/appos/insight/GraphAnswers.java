package dev.appos.insight;

import dev.appos.base.Refusal;
import dev.appos.registry.Snapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers what the graph alone can answer, with a server or without.
public final class GraphAnswers {

    private static final int MOST_USED = 10;

    private GraphAnswers() {}

    /// Answers a question in plain words from the sources alone.
    ///
    /// @throws Refusal for what takes a running server
    public static Map<String, @Nullable Object> offline(Graph graph, Snapshot snapshot, String question) {
        Question asked = new QuestionReader(graph).read(question);
        return switch (asked.kind()) {
            case IMPACT_ANALYSIS -> impact(graph, snapshot, asked);
            case DEPENDENCY_GRAPH -> dependencies(graph, asked);
            case UNKNOWN -> unknown(asked);
            case SECURITY_VIOLATIONS, PERFORMANCE_ANALYSIS, CHANGE_REPORT, RUNTIME_STATUS ->
                throw Refusal.unavailable(
                        "Only a running platform can tell that (" + asked.kind().word() + ").",
                        "Start it, then say who you are: --as NAME, or a key in APPOS_API_KEY.");
        };
    }

    static Map<String, @Nullable Object> impact(Graph graph, Snapshot snapshot, Question asked) {
        Map<String, Object> impact = FieldImpact.of(graph, snapshot, asked.ref().orElseThrow());
        return answer(asked, (String) impact.get("recommendation"), impact);
    }

    static Map<String, @Nullable Object> dependencies(Graph graph, Question asked) {
        if (asked.ref().isEmpty()) {
            return overview(graph, asked);
        }
        String ref = Graphs.known(graph, asked.ref().get());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ref", ref);
        data.put("direct_dependencies", graph.dependencies(ref));
        data.put("full_dependency_tree", graph.tree(ref));
        data.put("dependents", graph.dependents(ref));
        data.put("cycles", graph.cycles(ref));
        List<String> uses = graph.dependencies(ref).stream().map(Dependency::ref).distinct().toList();
        List<String> users = List.copyOf(graph.direct(ref));
        String summary = "%s uses %s, and is used by %s.".formatted(ref, named(uses), named(users));
        return answer(asked, summary, data);
    }

    private static String named(List<String> refs) {
        int shown = Math.min(3, refs.size());
        String names = String.join(", ", refs.subList(0, shown));
        return refs.isEmpty() ? "nothing" : refs.size() == shown ? names
                : names + " and " + (refs.size() - shown) + " more";
    }

    private static Map<String, @Nullable Object> overview(Graph graph, Question asked) {
        Map<String, Long> types = new TreeMap<>();
        graph.nodes().forEach(node -> types.merge(graph.type(node), 1L, Long::sum));
        List<Map<String, Object>> most = graph.objects().stream()
                .map(node -> Map.<String, Object>of("ref", node, "total", graph.reaching(node).size()))
                .sorted(Comparator.comparingInt((Map<String, Object> each) -> -(int) each.get("total"))
                        .thenComparing(each -> (String) each.get("ref")))
                .limit(MOST_USED)
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("objects", types);
        data.put("edges", graph.edges().size());
        data.put("most_used", most);
        data.put("cycles", graph.cycles());
        String summary = "%d objects, addresses and agents with %d uses%s; %s.".formatted(
                graph.nodes().size(), graph.edges().size(),
                most.isEmpty() ? "" : ", most of all of " + most.getFirst().get("ref"),
                graph.cycles().isEmpty() ? "no circles" : graph.cycles().size() + " in circles");
        return answer(asked, summary, data);
    }

    /// What can be asked, for a question that was not understood.
    static Map<String, @Nullable Object> unknown(Question asked) {
        List<Map<String, String>> askable = Kind.askable().stream()
                .map(kind -> Map.of("type", kind.word(), "example", kind.example()))
                .toList();
        return answer(
                asked, asked.note().orElse("That was not understood; here is what can be asked."),
                Map.of("can_ask", askable));
    }

    /// `{type, understood, summary, data}`.
    static Map<String, @Nullable Object> answer(Question asked, String summary, Map<String, ?> data) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("type", asked.kind().word());
        answer.put("understood", asked.values());
        answer.put("summary", summary);
        answer.put("data", data);
        return answer;
    }
}
