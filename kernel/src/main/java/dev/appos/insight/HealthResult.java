package dev.appos.insight;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a check found when it last looked.
///
/// @param critical            whether the platform cannot serve without it
/// @param message             for administrators only: it may name what is inside
/// @param consecutiveFailures 0 after a success
public record HealthResult(
        String name,
        boolean critical,
        HealthStatus status,
        double latencyMs,
        String message,
        Optional<Instant> lastCheck,
        int consecutiveFailures) {

    /// As JSON-like values: `name, critical, status, latency_ms, message, last_check, consecutive_failures`.
    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("critical", critical);
        values.put("status", status.word());
        values.put("latency_ms", latencyMs);
        values.put("message", message);
        values.put("last_check", lastCheck.orElse(null));
        values.put("consecutive_failures", consecutiveFailures);
        return values;
    }
}
