package dev.appos.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many instances there are of each status, read at most every quarter of a minute.
public final class ProcessCounts {

    /// The statuses an instance can have.
    public static final List<String> STATUSES = List.of(
            "running", "waiting", "paused", "interrupted", "completed", "failed", "cancelled");

    private static final Duration GOOD_FOR = Duration.ofSeconds(15);

    private final ProcessParts parts;
    private Map<String, Long> counts = Map.of();
    private Instant read = Instant.MIN;

    public ProcessCounts(ProcessParts parts) {
        this.parts = parts;
    }

    /// The instances of one status.
    public synchronized long of(String status) {
        Instant now = parts.clock().instant();
        if (read.isBefore(now.minus(GOOD_FOR))) {
            Map<String, Long> fresh = new HashMap<>();
            parts.database()
                    .read(sql -> sql.fetch("select status, count(*) from appos.process_instance group by status"))
                    .forEach(row -> fresh.put(row.get(0, String.class), row.get(1, Long.class)));
            counts = fresh;
            read = now;
        }
        return counts.getOrDefault(status, 0L);
    }
}
