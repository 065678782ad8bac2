package dev.appos.api;

import java.time.Duration;

/// How long to wait before a failed step is tried again.
///
/// @param first  the wait before the second attempt
/// @param factor by how much each further wait is longer; 1 keeps it fixed
public record Backoff(Duration first, int factor) {

    /// No wait is longer than this.
    public static final Duration LONGEST = Duration.ofHours(1);

    /// The wait before attempt `attempt`, counted from 1; nothing before the first.
    public Duration before(int attempt) {
        if (attempt < 2) {
            return Duration.ZERO;
        }
        double millis = first.toMillis() * Math.pow(factor, attempt - 2d);
        return millis > LONGEST.toMillis() ? LONGEST : Duration.ofMillis((long) millis);
    }
}
