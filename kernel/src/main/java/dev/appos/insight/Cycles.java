package dev.appos.insight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the circles of a graph: the sets in which everyone reaches everyone. Walks without recursion, so that a long
/// chain of uses cannot exhaust the stack.
final class Cycles {

    private Cycles() {}

    static List<List<String>> of(Collection<Edge> edges) {
        Map<String, Set<String>> to = new TreeMap<>();
        Map<String, Set<String>> from = new TreeMap<>();
        edges.forEach(edge -> {
            to.computeIfAbsent(edge.from(), _ -> new TreeSet<>()).add(edge.to());
            from.computeIfAbsent(edge.to(), _ -> new TreeSet<>()).add(edge.from());
        });
        SortedSet<String> left = new TreeSet<>(to.keySet());
        peel(left, to, from);
        peel(left, from, to);
        List<List<String>> cycles = new ArrayList<>();
        while (!left.isEmpty()) {
            String one = left.first();
            SortedSet<String> cycle = reached(one, to, left);
            cycle.retainAll(reached(one, from, left));
            boolean itself = to.getOrDefault(one, Set.of()).contains(one);
            if (cycle.size() > 1 || itself) {
                cycles.add(List.copyOf(cycle));
            }
            left.removeAll(cycle);
            left.remove(one);
        }
        return cycles;
    }

    /// Takes away, again and again, whoever has nothing behind it: what is left lies on circles or between them.
    private static void peel(Set<String> left, Map<String, Set<String>> behind, Map<String, Set<String>> before) {
        Deque<String> open = new ArrayDeque<>(left);
        while (!open.isEmpty()) {
            String one = open.poll();
            boolean free = behind.getOrDefault(one, Set.of()).stream().noneMatch(left::contains);
            if (free && left.remove(one)) {
                open.addAll(before.getOrDefault(one, Set.of()));
            }
        }
    }

    private static SortedSet<String> reached(String start, Map<String, Set<String>> next, Set<String> within) {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (String one : next.getOrDefault(open.poll(), Set.of())) {
                if (within.contains(one) && reached.add(one)) {
                    open.add(one);
                }
            }
        }
        return reached;
    }
}
