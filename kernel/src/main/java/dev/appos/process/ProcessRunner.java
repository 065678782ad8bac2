package dev.appos.process;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Dispatcher;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Runs instances on this node: takes those whose time has come, and gives up those that wait.
///
/// ```java
/// ProcessRunner runner = new ProcessRunner(parts, ProcessSettings.DEFAULT);
/// Engine processes = new ProcessEngine(parts.ids(), runner);
/// runner.start(dispatcher);
/// ```
///
/// Several nodes on one database share the work without knowing of each other; the work of a node that dies is taken
/// over within a second or so. An instance that waits is a row and holds no thread. Thread-safe.
public final class ProcessRunner implements AutoCloseable {

    /// How often the table is looked at when nothing is known to have come.
    private static final Duration LOOK = Duration.ofMillis(100);

    /// How often, and for how long, after a start on this node. A start is seen only once its transaction is committed,
    /// and a NOTIFY for it would make all commits of the database wait in line.
    private static final Duration LOOK_SOON = Duration.ofMillis(5);

    private static final Duration SOON = Duration.ofMillis(100);

    /// How often waiting questions are looked at, should the word of an answer have been lost.
    private static final Duration LOOK_FOR_ANSWERS = Duration.ofMillis(250);

    private static final int QUESTIONS_AT_ONCE = 200;

    /// A step that takes longer than this is shown while it runs.
    private static final Duration SHOW_AFTER = Duration.ofMillis(250);

    /// How long an instance whose process is not there, for now or for ever, waits for it.
    private static final Duration MISSING_WAIT = Duration.ofSeconds(10);

    /// How long an instance waits whose run broke off by a fault of the engine.
    private static final Duration BROKEN_WAIT = Duration.ofSeconds(10);

    /// Code that has been live on no node for so long, and that no instance lives on, is not kept any longer.
    private static final Duration KEPT_UNSEEN = Duration.ofHours(1);

    private static final UUID FIRST = new UUID(0, 0);

    private final ProcessParts parts;
    private final Journal journal;
    private final Ready ready;
    private final Versions versions;
    private final ProcessSettings settings;
    private final Rooms rooms;
    private final Semaphore nudges = new Semaphore(0);
    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private volatile long soonUntil = System.nanoTime();
    private volatile Optional<Means> means = Optional.empty();
    private volatile boolean closing;
    private boolean closed;
    private UUID asked = FIRST;
    private Optional<Elsewhere> elsewhere = Optional.empty();
    private Optional<Relay> relay = Optional.empty();
    private Optional<Lease> lease = Optional.empty();
    private Optional<Thread> claims = Optional.empty();

    public ProcessRunner(ProcessParts parts, ProcessSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.rooms = new Rooms(settings);
        this.journal = new Journal(parts.database());
        this.ready = new Ready(parts.database(), parts.clock());
        this.versions = new Versions(parts.database());
    }

    /// Keeps the code of the processes of a snapshot that is about to be live, for instances that will begin with it.
    public void keep(Snapshot next) {
        versions.keep(next);
        Set<Ref> changed = parts.registry().current().ofKind(ProcessDefinition.class).stream()
                .filter(process -> next.find(process.ref()).orElse(null) instanceof ProcessDefinition other
                        && !other.codeHash().equals(process.codeHash()))
                .map(ProcessDefinition::ref)
                .collect(Collectors.toSet());
        means.filter(_ -> !changed.isEmpty()).ifPresent(known ->
                Thread.ofVirtual().name("process-rehearsal").start(() -> warn(known, next, changed)));
    }

    private void warn(Means known, Snapshot next, Set<Ref> changed) {
        try {
            new Stranded(known).warn(next, changed);
        } catch (RuntimeException failure) {
            fault(failure);
        }
    }

    /// Forgets kept code that nothing lives on; to be called every few minutes.
    public void tend() {
        versions.tend(parts.registry().current(), KEPT_UNSEEN);
    }

    /// The instances that live on other code than is live.
    ///
    /// @throws Refusal before this node runs instances
    Stranded stranded() {
        return new Stranded(means.orElseThrow(() -> Refusal.unavailable(
                "Processes do not run on this server yet.", "Try again in a moment.")));
    }

    /// The code that instances began with.
    Versions versions() {
        return versions;
    }

    /// Begins to run instances, first of all those that a dead node left behind.
    ///
    /// @throws IllegalStateException if it was started before, or the database cannot be used
    public synchronized void start(Dispatcher dispatcher) {
        if (lease.isPresent() || closing) {
            throw new IllegalStateException("a runner is started once");
        }
        Means means = new Means(parts, dispatcher, journal, ready, versions);
        this.means = Optional.of(means);
        elsewhere.ifPresent(other -> other.start(new Hosting(means)));
        relay = elsewhere.map(other -> new Relay(means, other));
        Lease joined = new Lease(parts.database(), parts.ids()::next, this::answered, this::fault);
        lease = Optional.of(joined);
        claims = Optional.of(
                Thread.ofPlatform().daemon().name("process-claims").start(() -> look(means, joined)));
    }

    /// Gives what has not begun yet to another engine, and closes that with itself. Before [#start].
    public synchronized void handTo(Elsewhere other) {
        elsewhere = Optional.of(other);
    }

    /// Says that something may be there to run soon.
    void expect() {
        soonUntil = System.nanoTime() + SOON.toNanos();
        nudges.release();
    }

    private void answered(UUID question) {
        if (ready.wake(question) > 0) {
            nudges.release();
        }
    }

    private void look(Means means, Lease joined) {
        long answers = System.nanoTime();
        while (!closing) {
            int taken = 0;
            try {
                taken = take(means, joined);
                if (System.nanoTime() - answers >= 0) {
                    lookForAnswers();
                    runs.forEach(this::show);
                    versions.rest();
                    answers = System.nanoTime() + LOOK_FOR_ANSWERS.toNanos();
                }
            } catch (RuntimeException failure) {
                fault(failure);
            }
            if (taken == 0) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            Duration length = soonUntil - System.nanoTime() > 0 ? LOOK_SOON : LOOK;
            if (nudges.tryAcquire(length.toMillis(), TimeUnit.MILLISECONDS)) {
                nudges.drainPermits();
            }
        } catch (InterruptedException _) {
            closing = true;
        }
    }

    /// Takes what is due and starts it, each in a thread of its own.
    private int take(Means means, Lease joined) {
        Integer[] free = rooms.free();
        if (Arrays.stream(free).allMatch(room -> room == 0)) {
            return 0;
        }
        Snapshot snapshot = parts.registry().current();
        List<Instance> instances = ready.claim(joined.node(), snapshot, free);
        for (Instance instance : instances) {
            Lane lane = instance.claim().lane();
            rooms.take(lane);
            Thread.ofVirtual().name("process-" + instance.id()).start(() -> {
                try {
                    run(means, snapshot, instance);
                } catch (Unwind.Lost _) {
                    // As a rule somebody else has it. But a row may also be there from a try whose outcome was unknown.
                    drop(instance, Duration.ZERO);
                } catch (RuntimeException | Error failure) {
                    fault(failure);
                    drop(instance, BROKEN_WAIT);
                } finally {
                    rooms.give(lane);
                    nudges.release();
                }
            });
        }
        return instances.size();
    }

    /// Lets go of an instance, whatever it takes, so that it is not held by a run that is not there any more.
    private void drop(Instance instance, Duration wait) {
        while (!closing) {
            try {
                ready.drop(instance, wait);
                return;
            } catch (RuntimeException failure) {
                fault(failure);
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    private void run(Means means, Snapshot snapshot, Instance instance) {
        if (relay.filter(other -> other.takes(instance)).isPresent()) {
            relay.get().hand(instance);
            return;
        }
        boolean here = !instance.claim().elsewhere();
        if (!here || !(snapshot.find(instance.process()).orElse(null) instanceof ProcessDefinition definition)) {
            Instant later = parts.clock().instant().plus(instance.claim().skew()).plus(MISSING_WAIT);
            ready.release(instance, later, instance.variables());
            return;
        }
        Run run = new Run(means, snapshot, definition, instance);
        runs.add(run);
        try {
            if (closing) {
                run.close(settings.resumes().getAsBoolean());
            }
            new Course(run).follow();
        } finally {
            runs.remove(run);
        }
    }

    /// Asks for the answers to some of the questions that instances wait for, each time for the next ones.
    private void lookForAnswers() {
        List<UUID> questions = ready.questions(asked, QUESTIONS_AT_ONCE);
        asked = questions.size() < QUESTIONS_AT_ONCE ? FIRST : questions.getLast();
        List<UUID> answered = questions.isEmpty() ? questions : parts.database().read(sql -> questions.stream()
                .filter(question -> parts.approvals().answer(sql, question).isPresent())
                .toList());
        answered.forEach(this::answered);
    }

    /// Shows the steps that take long.
    private void show(Run run) {
        Instant before = run.now().minus(SHOW_AFTER);
        run.inFlight().stream()
                .filter(step -> step.times().started().isBefore(before))
                .forEach(step -> journal.show(run.instance(), step));
    }

    private void fault(Throwable failure) {
        if (closing) {
            return;
        }
        Level level = failure instanceof Refusal ? Level.WARNING : Level.ERROR;
        parts.log().system(level, parts.clock().instant(), "process_runner_failed", Faults.of(failure));
    }

    /// Lets running steps finish, for as long as the settings say, then gives every instance to whoever wants it.
    /// Closing twice does nothing.
    @Override
    public void close() {
        if (!stop()) {
            return;
        }
        boolean resumes = settings.resumes().getAsBoolean();
        runs.forEach(run -> run.close(resumes));
        elsewhere.ifPresent(Elsewhere::close);
        try {
            long wait = settings.closeWait().get().toMillis();
            if (!rooms.empty(wait)) {
                List<Interruption> broken = runs.stream()
                        .map(run -> new Interruption(run, resumes, List.copyOf(run.inFlight())))
                        .toList();
                broken.forEach(interruption -> interruption.run().abandon());
                broken.forEach(this::interrupt);
            }
        } catch (InterruptedException _) {
            runs.forEach(Run::abandon);
            Thread.currentThread().interrupt();
        }
        journal.close();
        ready.close();
        lease.ifPresent(joined -> {
            ready.giveBack(joined.node());
            joined.close();
        });
    }

    private void interrupt(Interruption broken) {
        try {
            broken.note();
        } catch (RuntimeException failure) {
            parts.log().system(
                    Level.ERROR, parts.clock().instant(), "process_runner_failed", Faults.of(failure));
        }
    }

    /// How long ago this node last said to the others that it lives; empty before it was started.
    public synchronized Optional<Duration> silence() {
        return lease.map(Lease::silence);
    }

    /// The other engine, if there is one.
    public synchronized Optional<Elsewhere> elsewhere() {
        return elsewhere;
    }

    /// How many instances hold a thread now.
    public int running() {
        return runs.size();
    }

    /// Whether no instance holds a thread.
    boolean idle() {
        return runs.isEmpty();
    }

    /// Stops as a node does that is killed: nothing is finished, nothing given back.
    void crash() {
        runs.forEach(Run::abandon);
        stop();
        runs.forEach(Run::abandon);
        journal.close();
        ready.close();
        lease.ifPresent(Lease::drop);
    }

    /// Takes nothing more; answers whether this is the first time.
    private synchronized boolean stop() {
        if (closed) {
            return false;
        }
        closed = true;
        closing = true;
        nudges.release();
        claims.ifPresent(thread -> {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return true;
    }
}
