package dev.appos.api;

import java.time.Duration;
import java.util.function.Supplier;

/// One of several pieces of work that run side by side.
///
/// @param name      unique among its siblings; the journal knows the branch by it
/// @param body      the work, usually one step; more steps are fine
/// @param attempts  how often it is tried in all, at least 1
/// @param backoff   the wait between attempts
/// @param timeout   how long one attempt may take; zero is no limit
/// @param awaited   whether `parallel` waits for it; otherwise its failure stops nobody
public record Branch(
        String name, Supplier<?> body, int attempts, Backoff backoff, Duration timeout, boolean awaited) {

    public Branch {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
    }

    static Branch of(String name, Supplier<?> body) {
        return new Branch(name, body, 1, Backoff.NONE, Duration.ZERO, true);
    }

    /// Tries again after a failure, so often in all.
    public Branch retry(int attempts, Backoff backoff) {
        return new Branch(name, body, attempts, backoff, timeout, awaited);
    }

    /// Gives an attempt up after this time: `"30s"`.
    public Branch timeout(String limit) {
        return new Branch(name, body, attempts, backoff, Durations.parse(limit), awaited);
    }

    /// Does not make the process wait for it.
    public Branch fireAndForget() {
        return new Branch(name, body, attempts, backoff, timeout, false);
    }
}
