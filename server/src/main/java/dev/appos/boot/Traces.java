package dev.appos.boot;

import dev.appos.process.ProcessCounts;
import dev.appos.store.Database;
import dev.appos.trace.AuditChain;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogSettings;
import dev.appos.trace.Meters;
import dev.appos.trace.Spans;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Keeps what the platform leaves behind in order: seals the audit every second, compresses and deletes old logs at
/// night, and gives out the numbers of the platform itself. On a thread of its own, because compressing takes a while.
final class Traces implements AutoCloseable {

    private static final long SEAL_MS = 500;
    private static final long LOOK_S = 60;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("traces").factory());
    private final JsonLog log;
    private final AuditChain chain;
    private final LogSettings settings;
    private final Clock clock;
    private LocalDate cleaned = LocalDate.MIN;

    Traces(JsonLog log, AuditChain chain, LogSettings settings, Clock clock) {
        this.log = log;
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
    }

    /// Where spans go: what the environment of every OpenTelemetry program says.
    static Spans spans() {
        return Spans.to(Optional.ofNullable(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT"))
                .filter(address -> !address.isBlank()));
    }

    void start() {
        thread.scheduleWithFixedDelay(noted("audit", chain::seal), 0, SEAL_MS, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(noted("logs", this::clean), 0, LOOK_S, TimeUnit.SECONDS);
    }

    /// At the start, and once a day after the time for it.
    private void clean() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalTime now = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean first = cleaned.equals(LocalDate.MIN);
        if (!first && (!cleaned.isBefore(today) || now.isBefore(settings.cleanUpAt()))) {
            return;
        }
        // The clean-up of a start before the hour is not that of the night.
        cleaned = first && now.isBefore(settings.cleanUpAt()) ? today.minusDays(1) : today;
        try {
            log.files().clean(today);
        } catch (IOException e) {
            log.system(Level.WARNING, clock.instant(), "log_cleanup_failed", Faults.of(e));
        }
    }

    /// The numbers of the platform that have no other place.
    static void measure(Meters meters, JsonLog log, Database database) {
        meters.gauge("appos.log.waiting", "Log entries on their way to a file", log::waiting);
        for (Category category : Category.values()) {
            meters.counter("appos.log.dropped", "Log entries that were lost",
                    Map.of("category", category.word()), () -> log.dropped(category));
        }
        meters.gauge("appos.database.connections.active", "Connections in use", () -> database.load().active());
        meters.gauge("appos.database.connections.idle", "Connections at rest", () -> database.load().idle());
        meters.gauge("appos.database.connections.waiting", "Calls that wait for one", () -> database.load().waiting());
        meters.gauge("appos.database.connections.max", "Connections at most", () -> database.load().most());
    }

    /// The processes of each status.
    static void measure(Meters meters, ProcessCounts processes) {
        for (String status : ProcessCounts.STATUSES) {
            meters.gauge("appos.process.instances", "Instances of processes",
                    Map.of("status", status), () -> processes.of(status));
        }
    }

    private Runnable noted(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                Map<String, Object> line = new LinkedHashMap<>(Map.of("what", what));
                line.putAll(Faults.of(failure));
                log.system(Level.WARNING, clock.instant(), "upkeep_failed", line);
            }
        };
    }

    /// Seals what is left and ends.
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        noted("audit", chain::seal).run();
    }
}
