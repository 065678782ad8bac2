package dev.appos.schedule;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.object.Cron;
import dev.appos.object.Input;
import dev.appos.object.StartOptions;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.schedule.ScheduleTable.Came;
import dev.appos.schedule.ScheduleTable.Row;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Starts on this server what is due.
///
/// Every server of a database does the same and none of them leads. A time of a schedule is a start under the key
/// `crm.schedules.close_the_day@2026-11-20T02:00:00Z`, and a key is started once: the second server to come, and the
/// first one after a crash, get the instance that is there. It runs as a service account with what that may do.
public final class Scheduler implements AutoCloseable {

    /// How often the table is looked at.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// What begins later than this was missed.
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /// What is older is not made up for, even where every time is.
    static final Duration MADE_UP_FOR = Duration.ofDays(7);

    private static final int ERROR_LONGEST = 500;

    /// What the scheduler works with.
    ///
    /// @param principals who somebody is today, by name; refuses when they may not act any more
    public record Parts(
            Database database, Registry registry, Function<String, Principal> principals, Ids ids, JsonLog log,
            Clock clock) {}

    private final Parts parts;
    private final ScheduleTable table;
    private final Semaphore nudges = new Semaphore(0);
    private @Nullable Snapshot kept;
    private @Nullable Thread thread;
    private volatile boolean closing;

    public Scheduler(Parts parts) {
        this.parts = parts;
        this.table = new ScheduleTable(parts.database());
    }

    /// The account of an app, as which its schedules run that name no other.
    public static String account(String app) {
        return "app." + app;
    }

    /// Whether anything in a snapshot runs as the account of this app.
    public static boolean needsAccount(Snapshot snapshot, String app) {
        return Declared.all(snapshot).stream().anyMatch(each -> each.account().equals(account(app)));
    }

    /// Looks at once: something was asked for.
    public void nudge() {
        nudges.release();
    }

    /// Begins to work.
    public synchronized void start(Dispatcher dispatcher) {
        thread = Thread.ofPlatform().daemon().name("schedules").start(() -> {
            while (!closing) {
                boolean more = false;
                try {
                    more = look(dispatcher);
                } catch (RuntimeException failure) {
                    tell(Level.WARNING, "schedules_failed", new LinkedHashMap<>(Faults.of(failure)));
                }
                pause(more);
            }
        });
    }

    private void pause(boolean more) {
        try {
            if (!more && nudges.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                nudges.drainPermits();
            }
        } catch (InterruptedException _) {
            closing = true;
        }
    }

    /// Starts what is due by now.
    ///
    /// @return whether there may be more
    synchronized boolean look(Dispatcher dispatcher) {
        Snapshot snapshot = parts.registry().current();
        List<Declared> declared = Declared.all(snapshot);
        Instant now = parts.clock().instant();
        if (snapshot != kept) {
            table.keep(declared, now);
            kept = snapshot;
        }
        if (declared.isEmpty()) {
            return false;
        }
        boolean more = false;
        for (Row row : table.due(now)) {
            // What this server does not know is another's, which has newer sources or older ones.
            Optional<Declared> known = declared.stream().filter(each -> each.id().equals(row.id()) && row.is(each))
                    .findFirst();
            if (known.isPresent() && !closing) {
                more |= asked(dispatcher, row, known.get(), now) | due(dispatcher, row, known.get(), now);
            }
        }
        return more;
    }

    private boolean asked(Dispatcher dispatcher, Row row, Declared declared, Instant now) {
        row.asked().ifPresent(asked -> {
            StartOptions options = new StartOptions(
                    Optional.of(row.id() + "@" + asked.at() + " by " + asked.by()), Optional.empty(),
                    Optional.of("manual:" + asked.by()));
            run(dispatcher, declared, options).ifPresent(came -> table.answered(row, asked, now, came));
        });
        return false;
    }

    private boolean due(Dispatcher dispatcher, Row row, Declared declared, Instant now) {
        Optional<Instant> first = row.next().filter(next -> row.enabled() && !next.isAfter(now));
        if (first.isEmpty()) {
            return false;
        }
        Cron cron = declared.schedule().cron();
        Instant last = cron.last(first.get().minusNanos(1), now).orElse(first.get());
        Instant tick = switch (declared.schedule().missed()) {
            case SKIP, ONCE -> last;
            case ALL -> first.get().isBefore(now.minus(MADE_UP_FOR))
                    ? cron.next(now.minus(MADE_UP_FOR)).filter(next -> !next.isAfter(now)).orElse(last)
                    : first.get();
        };
        boolean late = tick.isBefore(now.minus(PATIENCE));
        if (late && declared.schedule().missed() == dev.appos.api.Schedule.Missed.SKIP) {
            table.skipped(row, cron.next(now));
            tell(Level.INFO, "schedule_missed", new LinkedHashMap<>(Map.of(
                    "schedule", row.id(), "time", tick.toString())));
            return false;
        }
        StartOptions options = new StartOptions(
                Optional.of(row.id() + "@" + tick), Optional.empty(), Optional.of("schedule:" + cron.expression()));
        Optional<Came> came = run(dispatcher, declared, options);
        Optional<Instant> next = cron.next(tick);
        came.ifPresent(each -> table.ran(row, tick, next, each));
        return came.isPresent() && next.filter(time -> !time.isAfter(now)).isPresent();
    }

    /// @return what came of it; nothing if it must be tried again
    private Optional<Came> run(Dispatcher dispatcher, Declared declared, StartOptions options) {
        try {
            Principal principal = parts.principals().apply(declared.account());
            if (!(principal instanceof Principal.User user) || user.type() != Principal.Type.SERVICE_ACCOUNT) {
                throw Refusal.forbidden(
                        declared.id(), declared.account() + " is not a service account",
                        "Name a service account in runsAs.");
            }
            Context context = new Context(principal, parts.ids().execution(), parts.clock().instant());
            Object id = dispatcher.dispatch(context, Call.of(declared.process(), new Input.Start(Map.of(), options)));
            return Optional.of(new Came(Optional.of((UUID) id), Optional.empty()));
        } catch (Refusal refusal) {
            failed(declared, String.valueOf(refusal.getMessage()));
            return refusal.reason() == Refusal.Reason.UNAVAILABLE
                    ? Optional.empty()
                    : Optional.of(new Came(Optional.empty(), Optional.of(cut(refusal.getMessage()))));
        } catch (RuntimeException fault) {
            failed(declared, String.valueOf(Faults.of(fault)));
            return Optional.of(new Came(Optional.empty(), Optional.of("It failed by a fault; the log names it.")));
        }
    }

    private static String cut(@Nullable String message) {
        String text = String.valueOf(message);
        return text.substring(0, Math.min(text.length(), ERROR_LONGEST));
    }

    private void failed(Declared declared, String error) {
        tell(Level.WARNING, "schedule_failed", new LinkedHashMap<>(Map.of(
                "schedule", declared.id(), "process", declared.process().toString(), "runs_as", declared.account(),
                "error", error)));
    }

    private void tell(Level level, String event, Map<String, Object> fields) {
        if (!closing) {
            parts.log().system(level, parts.clock().instant(), event, fields);
        }
    }

    /// Starts nothing more.
    @Override
    public void close() {
        closing = true;
        nudges.release();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
