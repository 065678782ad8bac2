package dev.appos.authoring;

import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the faults of one compilation; at one place the first one told stands.
final class Faults {

    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparingInt(Problem::column);

    private final List<Problem> problems = new ArrayList<>();

    void add(Problem problem) {
        if (problems.stream().noneMatch(other -> BY_PLACE.compare(other, problem) == 0)) {
            problems.add(problem);
        }
    }

    void add(SourceFile file, int offset, String message, String remedy) {
        add(new Problem(file.path(), file.line(offset), file.column(offset), message, remedy));
    }

    void addAll(List<Problem> more) {
        more.forEach(this::add);
    }

    int size() {
        return problems.size();
    }

    boolean none() {
        return problems.isEmpty();
    }

    /// By file, line and column.
    List<Problem> sorted() {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}
