package dev.appos.boot;

import dev.appos.govern.Policies;
import dev.appos.identity.Identities;
import dev.appos.secure.Directory;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What is done on a rhythm: what another server on the same database changed is read again, and logins that have ended
/// are swept away. A change made on this server needs none of it; it is felt by the very next call.
final class Upkeep implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofHours(1);

    private static final Duration TEND = Duration.ofMinutes(10);

    private static final Duration FORGET = Duration.ofMinutes(1);

    /// A table that grows is read slowly for so long at most.
    private static final Duration MEASURE = Duration.ofSeconds(10);

    /// How soon a saved appos.yaml is felt.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("upkeep").factory());
    private final JsonLog log;
    private final Clock clock;
    private final Duration every;

    /// @param every how soon a change made on another server is known here
    Upkeep(JsonLog log, Clock clock, Duration every) {
        this.log = log;
        this.clock = clock;
        this.every = every;
    }

    void start(Directory directory, Policies policies, Identities identities) {
        repeat("directory", directory::refresh, every);
        repeat("policies", policies::refresh, every);
        repeat("logins", identities::sweep, SWEEP);
    }

    /// Looks at the settings too, from now on.
    void follow(Runnable look) {
        repeat("settings", look, LOOK);
    }

    /// Forgets changes of live records that nobody will ask for again.
    void forget(Runnable changes) {
        repeat("live", changes, FORGET);
    }

    /// Keeps the code of live processes, and forgets what no instance lives on.
    void tend(Runnable processes) {
        repeat("processes", processes, TEND);
    }

    /// Looks how large tables have become.
    void measure(Runnable tables) {
        repeat("tables", tables, MEASURE);
    }

    private void repeat(String what, Runnable task, Duration each) {
        thread.scheduleWithFixedDelay(noted(what, task), each.toMillis(), each.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// A task that fails once is tried again on its next turn: a task that throws would never run again.
    private Runnable noted(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                note(what, failure);
            }
        };
    }

    /// Logs that something done on a rhythm failed, and will be tried again.
    void note(String what, Exception failure) {
        Map<String, Object> line = new LinkedHashMap<>(Map.of("what", what));
        line.putAll(Faults.of(failure));
        log.system(Level.WARNING, clock.instant(), "upkeep_failed", line);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
