package dev.appos.insight;

import java.util.Locale;

/// How something fares, the best first.
public enum HealthStatus {
    HEALTHY,
    /// It failed, though not often enough in a row to be given up.
    DEGRADED,
    /// It was not looked at yet.
    UNKNOWN,
    UNHEALTHY;

    /// The word in JSON: `healthy`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
