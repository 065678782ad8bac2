package dev.appos.process;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// The branches that nobody waits for, until the instance is given up. Thread-safe.
final class Background {

    private final ConcurrentLinkedQueue<Supplier<Outcome>> branches = new ConcurrentLinkedQueue<>();

    void add(Supplier<Outcome> branch) {
        branches.add(branch);
    }

    boolean isEmpty() {
        return branches.isEmpty();
    }

    /// Waits until each has ended or waits for something itself.
    ///
    /// @return why not all of them have ended
    Optional<Unwind> settle() {
        Optional<Unwind> left = Optional.empty();
        for (Supplier<Outcome> branch = branches.poll(); branch != null; branch = branches.poll()) {
            if (branch.get() instanceof Outcome.Left(Unwind why)) {
                left = Optional.of(left.map(other -> Branches.stronger(other, why)).orElse(why));
            }
        }
        return left;
    }
}
