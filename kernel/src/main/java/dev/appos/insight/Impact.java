package dev.appos.insight;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is touched when an object changes.
///
/// @param uses           what it uses itself, which a change of it does not touch
/// @param direct         those that use it themselves
/// @param transitive     those that reach it through others, without the direct ones
/// @param breakdown      how many of each kind: `records`, `rules`, `constants`, `processes`, `pages`, `interfaces`,
///                       `apis`, `agents`
/// @param recommendation what to do before changing it, one sentence
public record Impact(
        String ref, List<String> uses, List<String> direct, List<String> transitive, Map<String, Long> breakdown,
        String recommendation) {

    /// The kinds in the order they are told, each with its word for one.
    private static final Map<String, String> KINDS = kinds();

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("records", "record");
        kinds.put("rules", "rule");
        kinds.put("constants", "constant");
        kinds.put("processes", "process");
        kinds.put("pages", "page");
        kinds.put("interfaces", "interface");
        kinds.put("apis", "api");
        kinds.put("agents", "agent");
        return kinds;
    }

    static Impact of(Graph graph, String ref) {
        SortedSet<String> direct = graph.direct(ref);
        SortedSet<String> transitive = new TreeSet<>(graph.reaching(ref));
        transitive.removeAll(direct);
        List<String> all = Stream.concat(direct.stream(), transitive.stream()).toList();
        Map<String, Long> breakdown = new LinkedHashMap<>();
        KINDS.forEach((plural, kind) ->
                breakdown.put(plural, all.stream().filter(each -> graph.type(each).equals(kind)).count()));
        return new Impact(
                ref, graph.dependencies(ref).stream().map(Dependency::ref).distinct().toList(),
                List.copyOf(direct), List.copyOf(transitive), breakdown,
                recommendation(graph, ref, direct, all, breakdown));
    }

    public int total() {
        return direct.size() + transitive.size();
    }

    /// As JSON-like values: `ref, direct_dependencies, direct_dependents, transitive_dependents, total, breakdown,
    /// recommendation`.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ref", ref);
        values.put("direct_dependencies", uses);
        values.put("direct_dependents", direct);
        values.put("transitive_dependents", transitive);
        values.put("total", total());
        values.put("breakdown", breakdown);
        values.put("recommendation", recommendation);
        return values;
    }

    private static String recommendation(
            Graph graph, String ref, Set<String> direct, List<String> all, Map<String, Long> breakdown) {
        if (all.isEmpty() && graph.type(ref).equals("api")) {
            return "Callers outside the platform use " + ref + ", and it knows none of them: keep it as it is.";
        }
        if (all.isEmpty()) {
            return "Nothing refers to " + ref + ": it can change freely.";
        }
        boolean outside = all.stream().allMatch(each -> Set.of("api", "agent").contains(graph.type(each)));
        if (outside) {
            return "No other object uses %s, only callers from outside do (%s): keep what it takes and answers."
                    .formatted(ref, counted(breakdown));
        }
        String most = direct.stream()
                .filter(each -> !graph.type(each).equals("api"))
                .max(Comparator.comparingInt((String each) -> graph.reaching(each).size())
                        .thenComparing(Comparator.reverseOrder()))
                .orElseGet(all::getFirst);
        String apps = apps(graph, all);
        String circle = graph.cycles(ref).isEmpty() ? "" : "; it is part of a circle, so it reaches itself";
        return "A change of %s reaches %s%s: check %s first, through which %s more %s it%s.".formatted(
                ref, counted(breakdown), apps, most, graph.reaching(most).size(),
                graph.reaching(most).size() == 1 ? "meets" : "meet", circle);
    }

    private static String counted(Map<String, Long> breakdown) {
        return breakdown.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " "
                        + (entry.getValue() == 1 ? KINDS.get(entry.getKey()) : entry.getKey()))
                .collect(Collectors.joining(", "))
                .replace("api", "API");
    }

    /// In which apps, if in more than one.
    private static String apps(Graph graph, List<String> all) {
        List<String> apps = all.stream()
                .filter(each -> !Set.of("api", "agent").contains(graph.type(each)))
                .map(each -> each.substring(0, each.indexOf('.')))
                .distinct()
                .sorted()
                .toList();
        return apps.size() < 2 ? "" : " in the apps " + String.join(" and ", apps);
    }
}
