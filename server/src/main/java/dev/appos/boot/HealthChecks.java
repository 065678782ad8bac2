package dev.appos.boot;

import dev.appos.cache.SharedCache;
import dev.appos.insight.Health;
import dev.appos.process.ProcessRunner;
import dev.appos.registry.Registry;
import dev.appos.store.Database;
import dev.appos.trace.JsonLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the platform stands on, looked at one by one. Only what it cannot serve without is critical.
final class HealthChecks {

    /// With less room than this a log, a journal or PostgreSQL soon cannot write.
    private static final long LEAST_BYTES = 200L << 20;

    /// The other nodes take over what a node holds that has been silent for two seconds.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

    private final Health health;

    HealthChecks(Health health) {
        this.health = health;
    }

    HealthChecks database(Database database) {
        health.register("database", true, () -> {
            database.read(sql -> sql.selectOne().fetchSingle().value1());
            return "answers";
        });
        health.register("pool", false, () -> {
            Database.Pool pool = database.load();
            String figures = "%d active, %d idle, %d waiting, %d at most".formatted(
                    pool.active(), pool.idle(), pool.waiting(), pool.most());
            return well(pool.waiting() == 0, figures);
        });
        return this;
    }

    HealthChecks log(JsonLog log) {
        health.register("log", false, new Health.Probe() {
            private long before = log.dropped();

            @Override
            public String look() {
                long dropped = log.dropped();
                long more = dropped - before;
                before = dropped;
                return well(more == 0, "%d entries waiting, %d dropped since the start, %d of them just now".formatted(
                        log.waiting(), dropped, more));
            }
        });
        return this;
    }

    /// Nothing is lost without it, so it keeps nobody from being served.
    HealthChecks redis(SharedCache cache) {
        health.register("redis", false, () -> {
            boolean answers = cache.ping();
            return well(answers, answers ? "answers" : "does not answer; each server counts rates by itself meanwhile");
        });
        return this;
    }

    HealthChecks disk(Path state) {
        health.register("disk", false, () -> {
            long free = free(state);
            return well(free >= LEAST_BYTES, (free >> 20) + " MiB free where the state is kept");
        });
        return this;
    }

    private static long free(Path state) throws IOException {
        return Files.getFileStore(state).getUsableSpace();
    }

    HealthChecks apps(Registry registry) {
        health.register("apps", false, () -> well(
                registry.problems().isEmpty(),
                registry.problems().isEmpty()
                        ? registry.current().apps().size() + " apps are live"
                        : registry.problems().size() + " faults keep the newest sources from going live"));
        return this;
    }

    void processes(ProcessRunner runner) {
        // Nothing is lost without it: what is started waits in the database until it answers again.
        runner.elsewhere().ifPresent(engine -> health.register("process_engine", false, engine::look));
        health.register("processes", false, () -> {
            Duration silence = runner.silence().orElseThrow(() -> new IllegalStateException("not started"));
            return well(
                    silence.compareTo(LONGEST_SILENCE) < 0,
                    "%d instances running; this node said that it lives %d ms ago".formatted(
                            runner.running(), silence.toMillis()));
        });
    }

    private static String well(boolean well, String message) {
        if (!well) {
            throw new IllegalStateException(message);
        }
        return message;
    }
}
