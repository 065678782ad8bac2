package dev.appos.process;

import dev.appos.api.Backoff;
import dev.appos.api.Branch;
import dev.appos.api.StepOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How often a step or a branch is tried, and how long each attempt at a step may take. Counted in the journal: a
/// crash forgives nothing, and forgets nothing either.
///
/// @param path     of the step, or of the branch with a slash
/// @param attempts failed ones and the last together
/// @param outer    of the branch around this one
record Retries(String path, int attempts, Backoff backoff, Duration timeout, Optional<Retries> outer) {

    /// For the body, whose steps are tried once.
    static final Retries NONE =
            new Retries("", 1, new Backoff(Duration.ZERO, 1), Duration.ZERO, Optional.empty());

    static Retries of(String path, Branch branch, Retries outer) {
        return new Retries(path, branch.attempts(), branch.backoff(), branch.timeout(), Optional.of(outer));
    }

    /// Those of a step: its own first, then those of the branch it stands in.
    static Retries of(String path, StepOptions step, Retries outer) {
        return step.attempts() == 1 && step.timeout().isZero()
                ? outer
                : new Retries(path, step.attempts(), step.backoff(), step.timeout(), Optional.of(outer));
    }

    /// When a failed step is tried again; nothing if it failed for good.
    Optional<Instant> again(History history, Entry failed) {
        int failures = history.failures(path);
        if (failures < attempts) {
            Instant ended = failed.times().finished().orElse(failed.times().started());
            return Optional.of(ended.plus(backoff.before(failures + 1, chance(ended))));
        }
        return outer.flatMap(around -> around.again(history, failed));
    }

    /// As good as chance, and the same whenever it is asked for again.
    private static double chance(Instant ended) {
        return ended.getNano() / 1_000 % 997 / 997d;
    }

    /// How long one attempt may take; zero is no limit.
    Duration limit() {
        return timeout.isZero() ? outer.map(Retries::limit).orElse(Duration.ZERO) : timeout;
    }
}
