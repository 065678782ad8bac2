package dev.appos.insight;

import dev.appos.base.Ref;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How an object's calls fared, from whoever measures them.
@FunctionalInterface
public interface Metrics {

    /// How far back the figures of files and of objects reach.
    Duration DAY = Duration.ofDays(1);

    /// Where nobody measures.
    Metrics NONE = (_, _) -> Optional.empty();

    /// JSON-like values such as `count, average_ms, p95_ms, errors`; empty where nothing is known.
    ///
    /// @param window how far back
    Optional<Map<String, Object>> of(Ref ref, Duration window);
}
