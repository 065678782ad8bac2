package dev.appos.process;

import dev.appos.api.Door;
import dev.appos.api.Flow;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Typed;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One run of an instance on this node, from the top of its body to where it ends or waits.
///
/// The body and each of its branches have a thread of their own and share this. Thread-safe.
sealed class Run permits HostedRun {

    private final Means means;
    private final Snapshot snapshot;
    private final ProcessDefinition definition;
    private final Version version;
    private final Instance instance;
    private final History history;
    private final Variables variables;
    private final Sealing sealing;
    private final Outputs outputs = new Outputs();
    private final Starting starting;
    private final Compensations compensations = new Compensations();
    private final Background background = new Background();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Entry> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;
    private volatile boolean closing;
    private volatile boolean resumes = true;
    private volatile boolean interrupted;
    private volatile boolean abandoned;
    private volatile boolean paused;
    private volatile boolean undoing;
    private volatile boolean expired;

    Run(Means means, Snapshot snapshot, ProcessDefinition definition, Instance instance) {
        this(means, snapshot, definition, means.versions().of(snapshot, definition, instance), instance);
    }

    Run(Means means, Snapshot snapshot, ProcessDefinition definition, Version version, Instance instance) {
        this.means = means;
        this.snapshot = snapshot;
        this.definition = definition;
        this.version = version;
        this.instance = instance;
        this.history = new History(instance.journal(), version.changed());
        this.sealing = new Sealing(means.parts().secret(), instance.id());
        this.variables = new Variables(instance.variables(), sealing);
        if (instance.over()) {
            variables.end();
        }
        this.starting = Starting.of(instance);
        this.cancelled = instance.claim().cancel();
    }

    Version version() {
        return version;
    }

    Instance instance() {
        return instance;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    boolean takesSignals() {
        return !definition.signals().isEmpty();
    }

    History history() {
        return history;
    }

    Variables variables() {
        return variables;
    }

    Sealing sealing() {
        return sealing;
    }

    Outputs outputs() {
        return outputs;
    }

    Background background() {
        return background;
    }

    Compensations compensations() {
        return compensations;
    }

    Means means() {
        return means;
    }

    /// The time by the clock of the database, which also decides when an instance is woken.
    Instant now() {
        return means.parts().clock().instant().plus(instance.claim().skew());
    }

    Starting starting() {
        return starting;
    }

    /// Runs the body until it ends or waits.
    Outcome body() {
        return within(new Scope(this), () -> {
            List<?> arguments = (List<?>) Typed.read(instance.arguments(), version.classes());
            String object = "processes." + definition.ref().name();
            Object answer = version.bodies().call(object, arguments.toArray());
            history.ended();
            return answer;
        });
    }

    /// Runs code of the body, in this thread, with the words and the door of a process.
    Outcome within(Scope scope, Outcome.Body code) {
        threads.add(Thread.currentThread());
        try {
            Outcome outcome = Outcome.of(() -> ScopedValue.where(Flow.CURRENT, scope)
                    .where(Door.CURRENT, new BodyDoor(this, scope))
                    .call(code::run));
            // Who caught an unwinding all the same did not end: it only looks so.
            return settled(scope.left().<Outcome>map(Outcome.Left::new).orElse(outcome));
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /// What counts of how code of the body came to its end.
    Outcome settled(Outcome outcome) {
        return outcome;
    }

    /// Asks whether new work may begin.
    ///
    /// @throws Unwind if it may not
    void begin() {
        version.newWork();
        if (abandoned) {
            throw new Unwind.Lost();
        }
        if (cancelled && !undoing) {
            throw new Unwind.Cancelled();
        }
        if (deadline().filter(end -> !now().isBefore(end)).isPresent()) {
            expired = true;
            cancelled = true;
            throw new Unwind.Cancelled();
        }
        if (closing) {
            interrupted = true;
        }
        if (closing || paused) {
            throw new Unwind.Park(now());
        }
    }

    /// When the process must be over: what is left of it after its end, or to undo, has no such time.
    Optional<Instant> deadline() {
        return undoing || instance.over() ? Optional.empty() : instance.claim().deadline();
    }

    /// How long it may take, for people.
    String limit() {
        Duration limit = definition.timeout();
        return limit.equals(Duration.ofDays(limit.toDays())) ? limit.toDays() + " days" : limit.toSeconds() + " s";
    }

    /// Whether the process took longer than it may.
    boolean expired() {
        return expired;
    }

    /// Lets the body go no further than it went before.
    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    /// Whether the body goes no further.
    boolean stopping() {
        return cancelled && !undoing;
    }

    boolean paused() {
        return paused;
    }

    /// Says that somebody let it go on.
    void resume() {
        paused = false;
    }

    /// How often something outside has changed, as far as this run was told.
    int looks() {
        return 0;
    }

    /// Waits until something outside has changed, or until a time.
    ///
    /// @param before what [#looks] said before it was looked for
    void awaitNews(int before, Instant until) {
        throw new Unwind.Park(until);
    }

    /// From now on only compensations come.
    void undo() {
        undoing = true;
        history.undo();
    }

    boolean abandoned() {
        return abandoned;
    }

    /// Makes an attempt at a step, and writes down how it ended.
    ///
    /// @throws Unwind.Lost if the instance is another run's by now
    Entry perform(Attempt attempt) {
        Entry begun = attempt.begun(this);
        inFlight.add(begun);
        try {
            Entry ended = attempt.ended(this, begun);
            write(ended);
            ProcessLog.step(this, ended, attempt.call().ref());
            return ended;
        } finally {
            inFlight.remove(begun);
        }
    }

    /// Runs a branch beside the code that asks for it. What is answered waits for its end.
    Supplier<Outcome> fork(Scope scope, Outcome.Body code) {
        FutureTask<Outcome> task = new FutureTask<>(() -> within(scope, code));
        Thread.ofVirtual().name("process-branch").start(task);
        return () -> {
            try {
                return task.get();
            } catch (ExecutionException failure) {
                return new Outcome.Fault(failure.getCause());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Outcome.Left(new Unwind.Lost());
            }
        };
    }

    /// What comes from outside, once it is there.
    ///
    /// @param look finds it in the database
    /// @throws Unwind.Park while it is not
    <T> T awaited(Supplier<Optional<T>> look) {
        version.newWork();
        return persist(look).orElseThrow(() -> new Unwind.Park(Instant.MAX));
    }

    /// Writes a row of the journal.
    ///
    /// @throws Unwind.Lost if the instance is another run's by now
    void write(Entry entry) {
        version.newWork();
        Optional<String> changed = variables.change();
        kept(persist(entry.path(), () -> {
            Entry row = means.journal().payloads().aside(instance, entry);
            return new Written(row, means.journal().put(instance, row, changed));
        }));
    }

    /// Takes note of a row that was written.
    Entry kept(Written row) {
        switch (row.put()) {
            case LOST -> {
                abandon();
                throw new Unwind.Lost();
            }
            case CANCELLED -> cancelled = true;
            case PAUSED -> paused = true;
            case WRITTEN -> paused = false;
        }
        history.keep(row.entry());
        return row.entry();
    }

    /// Does something with the database, however often it takes until the database can be reached.
    <T> T persist(Supplier<T> work) {
        while (true) {
            if (abandoned) {
                throw new Unwind.Lost();
            }
            try {
                return work.get();
            } catch (Refusal refusal) {
                if (refusal.reason() != Refusal.Reason.UNAVAILABLE) {
                    throw refusal;
                }
                pause(Bounds.UNAVAILABLE_WAIT);
            }
        }
    }

    /// As [#persist].
    ///
    /// @param about the step it is for
    <T> T persist(String about, Supplier<T> work) {
        return persist(work);
    }

    /// Waits for a time: in place if it is near, else by giving the instance up.
    void await(Instant due) {
        version.newWork();
        Duration left = Duration.between(now(), due);
        if (left.isPositive() && left.compareTo(Bounds.PARK_AFTER) >= 0) {
            throw new Unwind.Park(due);
        }
        if (left.isPositive()) {
            pause(left);
        }
    }

    private void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            abandon();
            throw new Unwind.Lost();
        }
    }

    String whole(String answer) {
        return persist(() -> means.journal().payloads().whole(instance.id(), answer));
    }

    /// Gives back exactly what was answered, as this run's classes.
    @Nullable Object read(Entry entry) {
        String answer = entry.content().answer().orElseThrow();
        return Typed.read(whole(answer), version.classes());
    }

    /// Gives back what a hidden step answered.
    @Nullable Object open(String path, @Nullable Object answer) {
        return sealing.open(path, answer, version.classes());
    }

    /// As [Entry#done(Object, Instant)], now.
    Entry answered(Entry begun, @Nullable Object answer) {
        return begun.done(answer, now());
    }

    /// Steps that are running now.
    Collection<Entry> inFlight() {
        return inFlight;
    }

    /// Stops at the next step, and gives the instance up.
    ///
    /// @param goesOn whether others go on with it by themselves
    void close(boolean goesOn) {
        resumes = goesOn;
        closing = true;
    }

    /// What a stop of the server leaves to be noted, if it broke the run off.
    Optional<Interruption> interruption() {
        return interrupted ? Optional.of(new Interruption(this, resumes, List.of())) : Optional.empty();
    }

    /// Stops as soon as possible; nothing more is written.
    void abandon() {
        abandoned = true;
        Thread self = Thread.currentThread();
        threads.stream().filter(thread -> thread != self).forEach(Thread::interrupt);
    }
}
