package dev.appos.api;

import java.time.Duration;

/// How long to wait before a failed step is tried again.
///
/// @param first  the wait before the second attempt
/// @param factor by how much each further wait is longer; 1 keeps it fixed
/// @param jitter up to which part of it a wait is shortened by chance, 0 to 1, so that many do not come at once
public record Backoff(Duration first, int factor, double jitter) {

    /// No wait.
    static final Backoff NONE = new Backoff(Duration.ZERO, 1);

    /// No wait is longer than this.
    public static final Duration LONGEST = Duration.ofHours(1);

    public Backoff {
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter is a part from 0 to 1: " + jitter);
        }
    }

    /// Waits that leave nothing to chance.
    public Backoff(Duration first, int factor) {
        this(first, factor, 0);
    }

    /// Shortens each wait by chance, by up to this part of it: `exponential("2s").jitter(0.5)`.
    public Backoff jitter(double part) {
        return new Backoff(first, factor, part);
    }

    /// The wait before attempt `attempt`, counted from 1; nothing before the first.
    ///
    /// @param chance from 0 to 1: how much of the jitter this wait gets
    public Duration before(int attempt, double chance) {
        if (attempt < 2) {
            return Duration.ZERO;
        }
        double millis = Math.min(first.toMillis() * Math.pow(factor, attempt - 2d), LONGEST.toMillis());
        return Duration.ofMillis((long) (millis * (1 - jitter * chance)));
    }
}
