package dev.appos.boot;

import dev.appos.base.JsonLog;
import dev.appos.base.JsonLog.Category;
import dev.appos.govern.Policies;
import dev.appos.identity.Identities;
import dev.appos.secure.Directory;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What is done on a rhythm: what another server on the same database changed is read again, and logins that have ended
/// are swept away. A change made on this server needs none of it; it is felt by the very next call.
final class Upkeep implements AutoCloseable {

    private static final long LOOK_S = 1;
    private static final long SWEEP_S = 3600;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("upkeep").factory());
    private final JsonLog log;
    private final Clock clock;

    Upkeep(JsonLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void start(Directory directory, Policies policies, Identities identities) {
        thread.scheduleWithFixedDelay(noted("directory", directory::refresh), LOOK_S, LOOK_S, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(noted("policies", policies::refresh), LOOK_S, LOOK_S, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(noted("logins", identities::sweep), SWEEP_S, SWEEP_S, TimeUnit.SECONDS);
    }

    /// A task that fails once is tried again on its next turn: a task that throws would never run again.
    private Runnable noted(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("level", "WARNING");
                line.put("event", "upkeep_failed");
                line.put("what", what);
                line.put("message", String.valueOf(failure.getMessage()));
                log.add("system", Category.EXECUTION, clock.instant(), line);
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
