package dev.appos.registry;

import dev.appos.base.Ref;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who is touched when an object changes.
///
/// @param direct     the objects that name it themselves
/// @param transitive the objects that reach it through others, without the direct ones
public record Impact(Ref ref, List<Ref> direct, List<Ref> transitive) {

    /// Walks the references backwards from `ref`. Complete as soon as the sources compile: nothing has to run first.
    public static Impact of(Ref ref, Collection<Reference> references) {
        Map<Ref, SortedSet<Ref>> users = new LinkedHashMap<>();
        references.forEach(r -> users.computeIfAbsent(r.to(), _ -> new TreeSet<>()).add(r.from()));
        SortedSet<Ref> direct = new TreeSet<>(users.getOrDefault(ref, new TreeSet<>()));
        direct.remove(ref);
        SortedSet<Ref> reached = new TreeSet<>(direct);
        Deque<Ref> open = new ArrayDeque<>(direct);
        while (!open.isEmpty()) {
            for (Ref user : users.getOrDefault(open.poll(), new TreeSet<>())) {
                if (!user.equals(ref) && reached.add(user)) {
                    open.add(user);
                }
            }
        }
        reached.removeAll(direct);
        return new Impact(ref, List.copyOf(direct), List.copyOf(reached));
    }

    public int total() {
        return direct.size() + transitive.size();
    }

    /// How many objects of each kind are touched: `{rules=2, pages=1}`.
    public SortedMap<String, Long> byType() {
        SortedMap<String, Long> counts = new TreeMap<>();
        direct.forEach(r -> counts.merge(r.kind(), 1L, Long::sum));
        transitive.forEach(r -> counts.merge(r.kind(), 1L, Long::sum));
        return counts;
    }

    /// One sentence on what to do before changing it.
    public String recommendation() {
        if (total() == 0) {
            return "Nothing refers to " + ref + ": it can change freely.";
        }
        String kinds = byType().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        return "A change of %s reaches %s; check %s first.".formatted(ref, kinds,
                direct.isEmpty() ? transitive.getFirst() : direct.getFirst());
    }
}
