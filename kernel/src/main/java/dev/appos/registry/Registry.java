package dev.appos.registry;

import java.util.List;

/// Holds the snapshot that new calls begin with, and the faults that kept a newer one out. Thread-safe.
public final class Registry {

    private volatile Snapshot current = Snapshot.EMPTY;
    private volatile List<Problem> problems = List.of();

    public Snapshot current() {
        return current;
    }

    /// Puts a new snapshot in the place of the old one, at once and for every new call.
    public void swap(Snapshot next) {
        current = next;
        problems = List.of();
    }

    /// Keeps the current snapshot and remembers why the newer sources could not take its place.
    public void keep(List<Problem> faults) {
        problems = List.copyOf(faults);
    }

    /// Why the newest sources are not live; empty when they are.
    public List<Problem> problems() {
        return problems;
    }
}
