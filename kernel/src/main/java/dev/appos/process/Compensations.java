package dev.appos.process;

import java.util.ArrayList;
import java.util.List;

/// What undoes the steps of a scope, in the order the body noted it; a branch has its place among them, whenever it
/// runs. Thread-safe.
final class Compensations {

    /// One step, or those of a branch.
    private sealed interface Part {

        record One(Step step) implements Part {}

        record Branch(Compensations inside) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();

    synchronized void add(Step step) {
        parts.add(new Part.One(step));
    }

    /// The place of a branch.
    synchronized Compensations inside() {
        Compensations inside = new Compensations();
        parts.add(new Part.Branch(inside));
        return inside;
    }

    /// The last noted first.
    synchronized List<Step> reversed() {
        List<Step> steps = new ArrayList<>();
        for (Part part : parts.reversed()) {
            switch (part) {
                case Part.One(Step step) -> steps.add(step);
                case Part.Branch(Compensations inside) -> steps.addAll(inside.reversed());
            }
        }
        return steps;
    }
}
