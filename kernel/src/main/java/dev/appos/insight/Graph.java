package dev.appos.insight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who uses whom at one moment: objects, the addresses that lead to them, the agents that may call them. Immutable.
public final class Graph {

    /// A tree of more objects is cut off and says so.
    static final int MOST_IN_TREE = 500;

    private static final int DEEPEST_TREE = 20;

    private final SortedMap<String, String> types;
    private final SortedMap<String, List<Edge>> uses = new TreeMap<>();
    private final SortedMap<String, List<Edge>> users = new TreeMap<>();

    /// @param types what each node is: `record`, `rule`, `process`, `interface`, `page`, `api`, `agent`
    /// @param edges the uses; those of what is no node are left out
    Graph(Map<String, String> types, Collection<Edge> edges) {
        this.types = new TreeMap<>(types);
        SortedMap<String, Edge> once = new TreeMap<>();
        for (Edge edge : edges) {
            if (types.containsKey(edge.from()) && types.containsKey(edge.to())) {
                once.merge(edge.to() + "\n" + edge.from() + "\n" + edge.access(), edge, (a, b) ->
                        new Edge(a.from(), a.to(), a.access(), a.known().and(b.known())));
            }
        }
        once.values().forEach(edge -> {
            uses.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
            users.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge);
        });
    }

    /// The same picture with only what a caller may see.
    Graph only(Predicate<String> visible) {
        SortedMap<String, String> left = new TreeMap<>(types);
        left.keySet().removeIf(visible.negate());
        return new Graph(left, edges());
    }

    /// What a node is, empty for one that is not there.
    String type(String ref) {
        return types.getOrDefault(ref, "");
    }

    boolean has(String ref) {
        return types.containsKey(ref);
    }

    Set<String> nodes() {
        return types.keySet();
    }

    List<Edge> edges() {
        return uses.values().stream().flatMap(List::stream).toList();
    }

    /// What it uses itself.
    List<Dependency> dependencies(String ref) {
        return uses.getOrDefault(ref, List.of()).stream().map(edge -> end(edge.to(), edge)).toList();
    }

    /// Who uses it directly.
    List<Dependency> dependents(String ref) {
        return users.getOrDefault(ref, List.of()).stream().map(edge -> end(edge.from(), edge)).toList();
    }

    private Dependency end(String ref, Edge edge) {
        return new Dependency(
                ref, type(ref), edge.access(), edge.known() != Edge.Known.SEEN, edge.known() != Edge.Known.STATED);
    }

    /// Who is touched when it changes. Complete as soon as the sources compile: nothing has to run first.
    public Impact impact(String ref) {
        return Impact.of(this, ref);
    }

    /// The names of those who use it directly, without itself.
    SortedSet<String> direct(String ref) {
        SortedSet<String> direct = new TreeSet<>();
        users.getOrDefault(ref, List.of()).forEach(edge -> direct.add(edge.from()));
        direct.remove(ref);
        return direct;
    }

    /// The names of all who reach it, through however many others, without itself.
    SortedSet<String> reaching(String ref) {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(ref));
        while (!open.isEmpty()) {
            for (String user : direct(open.poll())) {
                if (reached.add(user)) {
                    open.add(user);
                }
            }
        }
        reached.remove(ref);
        return reached;
    }

    /// It and everything it uses, through however many others.
    SortedSet<String> reached(String ref) {
        SortedSet<String> reached = new TreeSet<>(Set.of(ref));
        Deque<String> open = new ArrayDeque<>(List.of(ref));
        while (!open.isEmpty()) {
            for (Edge edge : uses.getOrDefault(open.poll(), List.of())) {
                if (reached.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
        return reached;
    }

    /// The objects, without addresses and agents.
    SortedSet<String> objects() {
        SortedSet<String> objects = new TreeSet<>(types.keySet());
        objects.removeIf(node -> Set.of("api", "agent").contains(type(node)));
        return objects;
    }

    /// Objects that call or draw each other in a circle, each circle by the names in it. What records are made of does
    /// not count: records that refer to each other are nothing unusual.
    public List<List<String>> cycles() {
        return Cycles.of(edges().stream()
                .filter(edge -> edge.access().equals("execute") || edge.access().equals("render"))
                .toList());
    }

    /// The circles this one is part of.
    List<List<String>> cycles(String ref) {
        return cycles().stream().filter(cycle -> cycle.contains(ref)).toList();
    }

    /// Everything it uses, through however many others: `{ref, type, access, dependencies}`. What was opened up before
    /// is only named, with `repeated`; what is too much is left out, with `cut`.
    List<Map<String, @Nullable Object>> tree(String ref) {
        return branches(ref, new TreeSet<>(Set.of(ref)), 0);
    }

    private List<Map<String, @Nullable Object>> branches(String ref, Set<String> opened, int depth) {
        List<Map<String, @Nullable Object>> branches = new ArrayList<>();
        SortedMap<String, SortedSet<String>> targets = new TreeMap<>();
        uses.getOrDefault(ref, List.of())
                .forEach(edge -> targets.computeIfAbsent(edge.to(), _ -> new TreeSet<>()).add(edge.access()));
        targets.forEach((target, access) -> {
            Map<String, @Nullable Object> branch = new LinkedHashMap<>();
            branch.put("ref", target);
            branch.put("type", type(target));
            branch.put("access", List.copyOf(access));
            boolean leaf = uses.getOrDefault(target, List.of()).isEmpty();
            if (!leaf && (depth == DEEPEST_TREE || opened.size() >= MOST_IN_TREE)) {
                branch.put("cut", true);
            } else if (!leaf && !opened.add(target)) {
                branch.put("repeated", true);
            } else if (!leaf) {
                branch.put("dependencies", branches(target, opened, depth + 1));
            }
            branches.add(branch);
        });
        return branches;
    }
}
