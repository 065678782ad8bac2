package dev.appos.insight;

import dev.appos.base.Ref;
import dev.appos.trace.Meters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How an object's calls fared, from whoever measures them.
@FunctionalInterface
public interface Metrics {

    /// How far back the figures of files and of objects reach.
    Duration DAY = Duration.ofDays(1);

    /// Where nobody measures.
    Metrics NONE = (_, _) -> Optional.empty();

    /// `count, errors, error_rate, average_ms, p95_ms, last_run` of calls of any kind; empty where there were none.
    ///
    /// @param window how far back, a day at most
    Optional<Map<String, Object>> of(Ref ref, Duration window);

    /// What this server measured since it started.
    static Metrics of(Meters meters) {
        return (ref, window) -> meters.together(ref, window).map(Metrics::values);
    }

    private static Map<String, Object> values(Meters.Figures figures) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", figures.count());
        values.put("errors", figures.errors());
        values.put("error_rate", figures.errorRate());
        values.put("average_ms", figures.averageMs());
        values.put("p95_ms", figures.p95Ms());
        values.put("last_run", figures.lastRun());
        return values;
    }
}
