package dev.appos.insight;

import dev.appos.registry.Problem;
import dev.appos.registry.Reference;
import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// Warnings for authors: objects that call each other in a circle. That may be meant, and ends at the latest when calls
/// are too deep inside each other.
public final class Circles {

    private Circles() {}

    /// A warning for each circle, at the first place in the sources that closes it.
    public static List<Problem> of(Snapshot snapshot) {
        Graph graph = Edges.graph(snapshot, List.of(), List.of());
        List<Problem> warnings = new ArrayList<>();
        for (List<String> cycle : graph.cycles()) {
            snapshot.references().stream()
                    .filter(reference -> closes(cycle, reference))
                    .findFirst()
                    .ifPresent(reference -> warnings.add(new Problem(
                            reference.file(), reference.line(), 1, message(cycle),
                            "Take one of the calls out, or make sure that it ends.")));
        }
        return warnings;
    }

    private static boolean closes(List<String> cycle, Reference reference) {
        return cycle.contains(reference.from().toString()) && cycle.contains(reference.to().toString())
                && (reference.access().equals("execute") || reference.access().equals("render"));
    }

    private static String message(List<String> cycle) {
        return cycle.size() == 1
                ? cycle.getFirst() + " calls itself"
                : String.join(" and ", cycle) + " call each other in a circle";
    }
}
