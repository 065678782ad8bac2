package dev.appos.insight;

import java.time.Duration;

/// How often and how long checks look.
///
/// @param interval     between two looks at what is well
/// @param retry        between two looks at what failed: it is known soon whether it lasts, and when it is over
/// @param timeout      a check that takes longer has failed
/// @param failuresMost so many failures in a row are unhealthy; fewer are degraded
public record HealthSettings(Duration interval, Duration retry, Duration timeout, int failuresMost) {

    /// What holds when nothing is said.
    public static final HealthSettings DEFAULT =
            new HealthSettings(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(1500), 3);
}
