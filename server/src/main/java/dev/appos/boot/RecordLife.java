package dev.appos.boot;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Input;
import dev.appos.record.EventRunner;
import dev.appos.record.LifeRules;
import dev.appos.secure.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// What follows from changes of records on this server: events that run by themselves, and once a night the removal of
/// what is old.
final class RecordLife implements AutoCloseable {

    /// How long what apps tell of their business, and who read what, is kept.
    static final Duration KEPT = Duration.ofDays(365);

    private static final LocalTime NIGHT = LocalTime.of(3, 30);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("records").factory());
    private final EventRunner events;
    private final Ids ids;
    private final Clock clock;
    private final BiConsumer<String, RuntimeException> failed;
    private LocalDate cleaned = LocalDate.MIN;

    /// @param failed hears of what failed and is tried again
    RecordLife(EventRunner.Parts parts, Ids ids, BiConsumer<String, RuntimeException> failed) {
        this.events = new EventRunner(parts);
        this.ids = ids;
        this.clock = parts.clock();
        this.failed = failed;
    }

    /// Looks at once: something was kept to be done.
    void nudge() {
        events.nudge();
    }

    List<PlatformRule> rules() {
        return new LifeRules(KEPT, this::nudge).all();
    }

    void start(Dispatcher dispatcher) {
        events.start(dispatcher);
        thread.scheduleWithFixedDelay(() -> {
            try {
                clean(dispatcher);
            } catch (RuntimeException failure) {
                failed.accept("records", failure);
            }
        }, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Once a day after the time for it. Several servers that do it disturb nobody: each takes what the others left.
    private void clean(Dispatcher dispatcher) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean night = !LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC).isBefore(NIGHT);
        if (night && !today.equals(cleaned)) {
            Context context = new Context(new Principal.Platform("clean-up"), ids.execution(), clock.instant());
            Ref rule = new Ref(Ref.PLATFORM, "rules", "clean_up_records");
            dispatcher.dispatch(context, Call.of(rule, new Input.Run(Map.of())));
            cleaned = today;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        events.close();
    }
}
