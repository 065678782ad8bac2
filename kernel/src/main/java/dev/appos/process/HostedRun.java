package dev.appos.process;

import dev.appos.object.Input;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A run whose body another engine replays: whatever comes from outside is recorded there.
///
/// The journal is empty at each beginning; it fills up again from what was recorded. What is called from the work of a
/// step and not from the body does what it does everywhere.
final class HostedRun extends Run {

    private static final String WAITING = "waiting";
    private static final String RUNNING = "running";

    private final HostedBody host;
    private int looks;
    private int moving = 1;
    private int waiting;
    private String shown = RUNNING;

    HostedRun(Means means, Snapshot snapshot, ProcessDefinition definition, Instance instance, HostedBody host) {
        super(means, snapshot, definition, instance);
        this.host = host;
    }

    /// Something outside has changed.
    void look(boolean cancel) {
        looks++;
        if (cancel) {
            cancel();
        }
    }

    @Override
    Instant now() {
        return host.inside() ? host.now() : super.now();
    }

    @Override
    <T> T persist(Supplier<T> work) {
        return host.inside() ? recorded("", work) : super.persist(work);
    }

    @Override
    <T> T persist(String about, Supplier<T> work) {
        return host.inside() ? recorded(about, work) : super.persist(work);
    }

    @SuppressWarnings("unchecked") // what is read was written
    private <T> T recorded(String about, Supplier<T> work) {
        return (T) read(about, host.once(() -> {
            try {
                T answer = super.persist(work);
                Object heard = answer instanceof Written row ? handover().heard(instance(), row) : answer;
                return Recorded.write(about, heard);
            } catch (BodyFault fault) {
                return Recorded.write(about, fault);
            }
        }));
    }

    private Handover handover() {
        return means().handover();
    }

    private @Nullable Object read(String about, String kept) {
        Recorded recorded = Recorded.read(kept);
        if (!recorded.about().equals(about)) {
            throw host.diverged(history().other(recorded.about(), about));
        }
        if (recorded.answer() instanceof BodyFault fault) {
            throw fault;
        }
        return recorded.answer();
    }

    /// The same at each replay without being recorded: its name is the digest of it.
    @Override
    String whole(String answer) {
        return means().journal().payloads().whole(instance().id(), answer);
    }

    @Override
    int looks() {
        return looks;
    }

    @Override
    void awaitNews(int before, Instant until) {
        Optional<Duration> longest =
                until.equals(Instant.MAX) ? Optional.empty() : Optional.of(Duration.between(now(), until));
        if (longest.filter(length -> !length.isPositive()).isEmpty()) {
            pause(longest, () -> looks != before);
        }
    }

    @Override
    void begin() {
        while (host.inside() && paused() && !stopping()) {
            int before = looks;
            if (!persist(() -> handover().paused(instance()))) {
                resume();
            } else {
                host.await(Optional.empty(), () -> stopping() || looks != before);
            }
        }
        super.begin();
    }

    @Override
    Entry perform(Attempt attempt) {
        showVariables();
        String kept = attempt.call().input() instanceof Input.Run
                ? host.remote(attempt.path(), new HostedStep(instance(), attempt).json())
                : host.once(() -> Recorded.write(attempt.path(), Hosting.done(this, attempt)));
        Written row = (Written) read(attempt.path(), kept);
        if (!row.entry().digest().equals(attempt.digest())) {
            throw host.diverged(history().otherwise(attempt.path()));
        }
        return kept(row);
    }

    @Override
    Supplier<Outcome> fork(Scope scope, Outcome.Body code) {
        moving++;
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        Runnable join = host.fork(() -> {
            outcome.set(within(scope, code));
            moving--;
            show();
        });
        return () -> {
            moving--;
            show();
            join.run();
            moving++;
            return outcome.get();
        };
    }

    @Override
    Outcome settled(Outcome outcome) {
        if (outcome instanceof Outcome.Fault(Throwable cause) && host.own(cause)) {
            switch (cause) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                default -> throw new IllegalStateException(cause);
            }
        }
        return outcome;
    }

    @Override
    <T> T awaited(Supplier<Optional<T>> look) {
        while (true) {
            int before = looks;
            Optional<T> found = persist(look);
            if (found.isPresent()) {
                return found.get();
            }
            pause(Optional.empty(), () -> looks != before);
        }
    }

    @Override
    void await(Instant due) {
        Duration left = Duration.between(now(), due);
        if (left.isPositive()) {
            pause(Optional.of(left), () -> false);
        }
    }

    /// Waits, and says so to people if nothing else moves.
    private void pause(Optional<Duration> longest, BooleanSupplier come) {
        boolean told = longest.map(length -> length.compareTo(Bounds.PARK_AFTER) >= 0).orElse(true);
        if (told) {
            showVariables();
            moving--;
            waiting++;
            show();
        }
        host.await(shortest(longest), () -> stopping() || come.getAsBoolean());
        if (told) {
            waiting--;
            moving++;
        }
        begin();
        show();
    }

    /// Not longer than the process may take.
    private Optional<Duration> shortest(Optional<Duration> wanted) {
        Optional<Duration> left = deadline().map(end -> Duration.between(now(), end)).filter(Duration::isPositive);
        return wanted.filter(length -> left.isEmpty() || length.compareTo(left.get()) < 0).or(() -> left)
                .or(() -> wanted);
    }

    private void showVariables() {
        variables().change().ifPresent(json -> persist(() -> {
            handover().variables(instance(), json);
            return true;
        }));
    }

    private void show() {
        String now = moving == 0 && waiting > 0 ? WAITING : RUNNING;
        if (!now.equals(shown)) {
            shown = now;
            persist(() -> {
                handover().status(instance(), now);
                return true;
            });
        }
    }

    /// There are no other nodes to leave it to.
    @Override
    void abandon() {}
}
