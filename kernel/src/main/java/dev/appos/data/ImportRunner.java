package dev.appos.data;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Failure;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs the jobs whose files are on this server: those that were just sent, and after a start those that were running
/// when it ended, from the place they had come to.
final class ImportRunner implements AutoCloseable {

    /// Jobs at once; the others wait.
    private static final int AT_ONCE = 2;

    /// How often it is looked for jobs nobody told of.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration SWEEP = Duration.ofHours(1);

    /// How long ended jobs and the files of those with faults are kept.
    private static final Duration KEPT = Duration.ofDays(14);

    /// How often a part is tried that could not be written for now, a little later each time.
    private static final int MOST_TRIES = 4;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration END = Duration.ofSeconds(30);

    private final ImportParts parts;
    private final ConcurrentHashMap<UUID, Part> open = new ConcurrentHashMap<>();
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().name("import-", 1).factory());
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("imports").factory());
    private volatile @Nullable Dispatcher dispatcher;
    private volatile boolean stopped;

    ImportRunner(ImportParts parts) {
        this.parts = parts;
    }

    void start(Dispatcher door) {
        dispatcher = door;
        Set<UUID> kept = new HashSet<>();
        parts.database().read(sql -> kept.addAll(JobTable.files(sql)));
        parts.uploads().clear(kept);
        looking.scheduleWithFixedDelay(noted(this::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        looking.scheduleWithFixedDelay(noted(this::sweep), 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Says that there is a job to run.
    void wake() {
        if (!stopped && dispatcher != null) {
            looking.execute(noted(this::look));
        }
    }

    /// The part of a job that waits to be taken.
    Optional<Part> part(UUID job) {
        return Optional.ofNullable(open.remove(job));
    }

    private void look() {
        for (Job job : parts.database().read(JobTable::open)) {
            if (!stopped && parts.uploads().has(job.file()) && running.add(job.id())) {
                workers.execute(() -> {
                    try {
                        run(job.id());
                    } catch (RuntimeException failure) {
                        note("import_interrupted", job.id(), failure);
                    } finally {
                        running.remove(job.id());
                    }
                });
            }
        }
    }

    private void run(UUID id) {
        for (int tries = 1; !stopped; tries++) {
            boolean last = tries == MOST_TRIES;
            Optional<Job> job = parts.database().write(sql ->
                    JobTable.begin(sql, id, parts.clock().instant()) ? JobTable.find(sql, id) : Optional.empty());
            if (job.isEmpty()) {
                return;
            }
            try {
                if (new ImportRun(parts, door(), open, job.get(), () -> stopped).toEnd()) {
                    finish(id, "completed", null);
                }
                return;
            } catch (Refusal refusal) {
                if (last || !again(refusal)) {
                    finish(id, "failed", refusal);
                    return;
                }
                tries = moved(id, job.get().place()) ? 0 : tries;
                pause(tries + 1);
            } catch (Failure failure) {
                finish(id, "failed", Refusal.unavailable(
                        "The platform failed; the log names the fault under execution id " + failure.executionId()
                                + ".",
                        "Tell an administrator, then resume the job."));
                return;
            }
        }
    }

    /// Whether another try may help: it was not the rows, but the moment.
    private static boolean again(Refusal refusal) {
        return switch (refusal.reason()) {
            case UNAVAILABLE, CONFLICT -> refusal.faults().isEmpty() && !refusal.getMessage().startsWith("More than");
            case MALFORMED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, STALE, TOO_LARGE, INVALID, HELD, OVER_BUDGET ->
                false;
        };
    }

    private boolean moved(UUID id, long place) {
        return parts.database().read(sql -> JobTable.find(sql, id)).map(job -> job.place() > place).orElse(false);
    }

    private void pause(int tries) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis() * tries * tries);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private void finish(UUID id, String status, @Nullable Refusal why) {
        Optional<Job> job = parts.database().write(sql -> {
            JobTable.finish(sql, id, status, why, parts.clock().instant());
            return JobTable.find(sql, id);
        });
        // A file is good for no more when all of it is in.
        job.filter(ended -> ended.status().equals("completed") && Long.valueOf(0).equals(ended.shown().get("failed")))
                .ifPresent(ended -> parts.uploads().remove(ended.file()));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("job", id.toString());
        line.put("status", status);
        job.ifPresent(ended -> ended.shown().forEach((name, value) -> {
            if (value instanceof Number || name.equals("record") || name.equals("started_by")) {
                line.put(name, value);
            }
        }));
        parts.log().system(Level.INFO, parts.clock().instant(), "import_ended", line);
    }

    private void sweep() {
        parts.database().write(sql -> JobTable.sweep(sql, parts.clock().instant().minus(KEPT)))
                .forEach(parts.uploads()::remove);
    }

    private Dispatcher door() {
        Dispatcher known = dispatcher;
        if (known == null) {
            throw new IllegalStateException("imports are not started");
        }
        return known;
    }

    /// What fails once is tried again on its next turn.
    private Runnable noted(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                note("imports_failed", null, failure);
            }
        };
    }

    private void note(String event, @Nullable UUID job, RuntimeException failure) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (job != null) {
            line.put("job", job.toString());
        }
        line.putAll(Faults.of(failure));
        parts.log().system(Level.WARNING, parts.clock().instant(), event, line);
    }

    /// Lets running parts end; their jobs go on at the next start.
    @Override
    public void close() {
        stopped = true;
        looking.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
