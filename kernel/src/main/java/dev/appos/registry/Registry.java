package dev.appos.registry;

import dev.appos.object.Definition;
import java.util.List;
import java.util.stream.Stream;

/// Holds the snapshot that new calls begin with, and the faults that kept a newer one out. Thread-safe.
public final class Registry {

    private volatile Snapshot current = Snapshot.EMPTY;
    private volatile List<Problem> problems = List.of();
    private volatile List<Problem> settings = List.of();
    private final Observed observed = new Observed();

    public Snapshot current() {
        return current;
    }

    /// Puts a new snapshot in the place of the old one, at once and for every new call.
    public void swap(Snapshot next) {
        Snapshot before = current;
        current = next;
        before.definitions().stream()
                .map(Definition::ref)
                .filter(ref -> !before.hash(ref).equals(next.hash(ref)))
                .forEach(observed::forget);
        problems = List.of();
    }

    /// Who was seen to use whom; what an object was seen to use is forgotten when its code changes.
    public Observed observed() {
        return observed;
    }

    /// Keeps the current snapshot and remembers why the newer sources could not take its place.
    public void keep(List<Problem> faults) {
        problems = List.copyOf(faults);
    }

    /// Remembers why the newest settings could not be taken, or that they were.
    public void keepSettings(List<Problem> faults) {
        settings = List.copyOf(faults);
    }

    /// Why the newest settings and sources are not live; empty when they are.
    public List<Problem> problems() {
        return Stream.concat(settings.stream(), problems.stream()).toList();
    }
}
