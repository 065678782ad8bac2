package dev.appos.insight;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How the platform fares: checks by name, run on a rhythm, each in a thread of its own and no longer than it is given.
/// Whoever asks is told what was found last and waits for nothing.
///
/// ```java
/// health.register("database", true, () -> database.read(sql -> sql.selectOne().fetchSingle().value1() + " answered"));
/// ```
///
/// Thread-safe.
public final class Health implements AutoCloseable {

    /// More checks than this cannot be registered.
    static final int MOST = 500;

    /// Looks at one thing. Answers what an administrator should know of it, maybe nothing; throws when it is not well.
    @FunctionalInterface
    public interface Probe {

        String look() throws Exception;
    }

    /// What is told without any check.
    public record Facts(String version, String environment, Instant startedAt) {}

    private static final class Check {

        private final Probe probe;
        private volatile HealthResult result;
        private volatile long next;
        private final AtomicReference<@Nullable Object> looking = new AtomicReference<>();

        Check(String name, boolean critical, Probe probe) {
            this.probe = probe;
            this.result = new HealthResult(
                    name, critical, HealthStatus.UNKNOWN, 0, "not looked at yet", Optional.empty(), 0);
            this.next = System.nanoTime();
        }
    }

    private static final Duration BEAT = Duration.ofMillis(250);

    private final Facts facts;
    private final HealthSettings settings;
    private final Clock clock;
    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();
    private volatile boolean closing;
    private Optional<Thread> rhythm = Optional.empty();

    public Health(Facts facts, HealthSettings settings, Clock clock) {
        this.facts = facts;
        this.settings = settings;
        this.clock = clock;
    }

    public Facts facts() {
        return facts;
    }

    public Duration uptime() {
        return Duration.between(facts.startedAt(), clock.instant());
    }

    /// Adds a check, or puts another in the place of the one of this name.
    ///
    /// @param critical whether the platform cannot serve without it
    /// @throws IllegalStateException if there are too many
    public void register(String name, boolean critical, Probe probe) {
        if (checks.size() >= MOST) {
            throw new IllegalStateException("there are " + MOST + " checks already");
        }
        checks.put(name, new Check(name, critical, probe));
    }

    /// Begins to look, on a rhythm, until it is closed. Returns when everything was looked at once.
    public synchronized void start() {
        runAll();
        rhythm = Optional.of(Thread.ofPlatform().daemon().name("health").start(this::follow));
    }

    private void follow() {
        while (!closing) {
            long now = System.nanoTime();
            run(checks.values().stream().filter(check -> check.next - now <= 0).toList());
            try {
                Thread.sleep(BEAT);
            } catch (InterruptedException _) {
                closing = true;
            }
        }
    }

    /// What every check found last, by name.
    public List<HealthResult> results() {
        return checks.values().stream().map(check -> check.result).toList();
    }

    /// Looks at everything now.
    public List<HealthResult> runAll() {
        run(checks.values());
        return results();
    }

    /// Looks at one thing now.
    ///
    /// @throws Refusal if there is no check of this name
    public HealthResult run(String name) {
        Check check = checks.get(name);
        if (check == null) {
            throw Refusal.notFound("check called " + name, Nearest.remedy(name, checks.keySet()));
        }
        run(List.of(check));
        return check.result;
    }

    /// Healthy when everything is; unhealthy or unknown when something critical is; otherwise degraded.
    public HealthStatus status() {
        HealthStatus worst = HealthStatus.HEALTHY;
        for (HealthResult result : results()) {
            boolean bad = result.status() != HealthStatus.HEALTHY;
            worst = worst.worse(bad && !result.critical() ? HealthStatus.DEGRADED : result.status());
        }
        return worst;
    }

    /// Whether calls can be served: nothing critical is unhealthy or unknown.
    public boolean ready() {
        return status() == HealthStatus.HEALTHY || status() == HealthStatus.DEGRADED;
    }

    private void run(Collection<Check> due) {
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        Map<Check, FutureTask<HealthResult>> running = new LinkedHashMap<>();
        for (Check check : due) {
            Object look = new Object();
            FutureTask<HealthResult> task = new FutureTask<>(() -> looked(check, look));
            running.put(check, task);
            // A look that hangs is not joined by a second one: it may hold what the others wait for.
            if (check.looking.compareAndSet(null, look)) {
                Thread.ofVirtual().name("health-" + check.result.name()).start(() -> {
                    task.run();
                    // Where it was given up before it began, nothing else says that it is over.
                    check.looking.compareAndSet(look, null);
                });
            }
        }
        running.forEach((check, task) -> {
            HealthResult found = awaited(check, task, deadline);
            check.result = found;
            Duration wait = found.consecutiveFailures() == 0 ? settings.interval() : settings.retry();
            check.next = System.nanoTime() + wait.toNanos();
        });
    }

    private HealthResult awaited(Check check, Future<HealthResult> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            task.cancel(true);
            return result(
                    check, false, settings.timeout().toNanos(),
                    "no answer within " + settings.timeout().toMillis() + " ms");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return check.result;
        } catch (ExecutionException broken) {
            return result(check, false, 0, String.valueOf(broken.getCause()));
        }
    }

    private HealthResult looked(Check check, Object look) {
        long start = System.nanoTime();
        try {
            String message = check.probe.look();
            return result(check, true, System.nanoTime() - start, message);
        } catch (Exception failure) {
            return result(check, false, System.nanoTime() - start, String.valueOf(failure.getMessage()));
        } finally {
            // Before anybody hears the result, so that whoever asks again at once finds nobody looking.
            check.looking.compareAndSet(look, null);
        }
    }

    private HealthResult result(Check check, boolean well, long nanos, String message) {
        HealthResult before = check.result;
        int failures = well ? 0 : before.consecutiveFailures() + 1;
        HealthStatus status = well
                ? HealthStatus.HEALTHY
                : failures >= settings.failuresMost() ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED;
        return new HealthResult(
                before.name(), before.critical(), status, nanos / 1000 / 1000.0, message,
                Optional.of(clock.instant()), failures);
    }

    @Override
    public void close() {
        closing = true;
        rhythm.ifPresent(Thread::interrupt);
    }
}
