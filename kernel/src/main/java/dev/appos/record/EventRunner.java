package dev.appos.record;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.JsonLog;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.Record;

/// Carries out on this server what was kept to be done after changes.
///
/// The work and the removal of its row are one transaction: what a server that dies had begun, another does, and what
/// it had done nobody does again. Servers on one database share the work without knowing of each other. Events of one
/// record run in their order, those of different records side by side.
public final class EventRunner implements AutoCloseable {

    /// How often something is tried before it waits for a person.
    public static final int MOST_ATTEMPTS = 6;

    /// How often the table is looked at when nothing is known to have come.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private static final int AT_ONCE = 4;
    private static final int MOST_TAKEN = 200;

    private static final String DUE = """
            select id, ref, record_id, principal, execution_id, attempts from appos.record_event
            where not dead and due_at <= cast(? as timestamptz) order by id limit ?""";

    private static final String FAILED = """
            update appos.record_event
            set attempts = attempts + 1, due_at = cast(? as timestamptz), error = ?, dead = ?
            where id = ?""";

    /// What the runner works with.
    ///
    /// @param principals who somebody is today, by name; refuses when they may not act any more
    public record Parts(
            Database database, Function<String, Principal> principals, JsonLog log, Clock clock) {}

    private record Due(long id, Ref ref, long record, String principal, String executionId, int attempts) {}

    private final Parts parts;
    private final Semaphore nudges = new Semaphore(0);
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    public EventRunner(Parts parts) {
        this.parts = parts;
    }

    /// Looks at once: something was kept.
    public void nudge() {
        nudges.release();
    }

    /// Begins to work.
    public void start(Dispatcher dispatcher) {
        threads.submit(() -> {
            while (!closing) {
                try {
                    boolean more = round(dispatcher) == MOST_TAKEN;
                    if (!more && nudges.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                        nudges.drainPermits();
                    }
                } catch (RuntimeException failure) {
                    parts.log().system(Level.WARNING, parts.clock().instant(), "record_events_failed",
                            new LinkedHashMap<>(Faults.of(failure)));
                    nudges.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
            return null;
        });
    }

    /// Does what is due.
    ///
    /// @return how much that was
    int round(Dispatcher dispatcher) throws InterruptedException {
        OffsetDateTime now = parts.clock().instant().atOffset(ZoneOffset.UTC);
        List<Due> due = parts.database().read(sql -> sql.fetch(DUE, now, MOST_TAKEN).map(EventRunner::due));
        Map<List<Object>, List<Due>> byRecord = new LinkedHashMap<>();
        due.forEach(each -> byRecord
                .computeIfAbsent(List.of(each.ref(), each.record()), _ -> new ArrayList<>()).add(each));
        List<Future<?>> running = new ArrayList<>();
        for (List<Due> each : byRecord.values()) {
            running.add(threads.submit(() -> {
                room.acquireUninterruptibly();
                try {
                    each.forEach(one -> deliver(dispatcher, one));
                } finally {
                    room.release();
                }
            }));
        }
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException failure) {
                throw new IllegalStateException("an event could not even be noted as failed", failure.getCause());
            }
        }
        return due.size();
    }

    private static Due due(Record row) {
        return new Due(
                row.get("id", Long.class), Ref.of(row.get("ref", String.class)), row.get("record_id", Long.class),
                row.get("principal", String.class), row.get("execution_id", String.class),
                row.get("attempts", Integer.class));
    }

    private void deliver(Dispatcher dispatcher, Due due) {
        if (closing) {
            return;
        }
        try {
            Principal principal = parts.principals().apply(due.principal());
            Context context = new Context(
                    principal, due.executionId(), parts.clock().instant(), true, Origin.NONE, "");
            dispatcher.dispatch(context, Call.of(due.ref(), new Lifecycle.Follow(due.id())));
        } catch (Refusal refusal) {
            boolean settled = switch (refusal.reason()) {
                case FORBIDDEN, UNAUTHENTICATED, NOT_FOUND, INVALID, MALFORMED, TOO_LARGE, HELD -> true;
                case CONFLICT, STALE, OVER_BUDGET, UNAVAILABLE -> false;
            };
            failed(due, String.valueOf(refusal.getMessage()), settled);
        } catch (RuntimeException fault) {
            failed(due, "It failed by a fault; the log names it under its execution id.", false);
        }
    }

    private void failed(Due due, String error, boolean settled) {
        boolean dead = settled || due.attempts() + 1 >= MOST_ATTEMPTS;
        Duration wait = FIRST_WAIT.multipliedBy(1L << (2 * Math.min(due.attempts(), MOST_ATTEMPTS)));
        OffsetDateTime again = parts.clock().instant().plus(wait).atOffset(ZoneOffset.UTC);
        parts.database().read(sql -> sql.execute(FAILED, again, error, dead, due.id()));
    }

    @Override
    public void close() {
        closing = true;
        nudges.release();
        threads.close();
    }
}
