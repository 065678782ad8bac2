package dev.appos.base;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Keeps calls away from something that fails, for a while, so that its failures cost those who wait for it only once.
///
/// Closed, it counts failures in a row; at the threshold it opens and lets nobody through. After the reset time it is
/// half open: a few probes go through, the first success closes it and the first failure opens it again.
///
/// Thread-safe.
public final class Breaker {

    /// Whether calls go through.
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /// When it opens, and for how long.
    ///
    /// @param failureThreshold how many failures in a row open it
    /// @param window           failures that began longer ago count no more
    /// @param resetTimeout     how long it stays open before it lets a probe through
    /// @param halfOpenMaxCalls how many probes may be under way at once
    public record Settings(int failureThreshold, Duration window, Duration resetTimeout, int halfOpenMaxCalls) {

        public static final Settings DEFAULT = new Settings(5, Duration.ofSeconds(30), Duration.ofSeconds(30), 1);

        public Settings {
            if (failureThreshold < 1 || halfOpenMaxCalls < 1) {
                throw new IllegalArgumentException("thresholds are at least 1");
            }
        }
    }

    /// The breaker is open: the call was not made.
    public static final class Open extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Open() {
            super("the breaker is open");
        }
    }

    private final Settings settings;
    private final LongSupplier nanoTime;
    private State state = State.CLOSED;
    private int failures;
    private long firstFailure;
    private long opened;
    private int probes;

    /// @param nanoTime a clock that only goes forward, such as `System::nanoTime`
    public Breaker(Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /// Makes the call, and counts how it ended.
    ///
    /// @throws Open if nobody is let through at the moment
    public <T> T call(Supplier<T> work) {
        if (!enter()) {
            throw new Open();
        }
        boolean done = false;
        try {
            T answer = work.get();
            done = true;
            return answer;
        } finally {
            if (done) {
                succeeded();
            } else {
                failed();
            }
        }
    }

    /// Whether a call may be made now; whoever makes it says [#succeeded()] or [#failed()] afterwards.
    public synchronized boolean enter() {
        if (state == State.OPEN && nanoTime.getAsLong() - opened >= settings.resetTimeout().toNanos()) {
            state = State.HALF_OPEN;
            probes = 0;
        }
        return switch (state) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> probes++ < settings.halfOpenMaxCalls();
        };
    }

    /// A call ended well.
    public synchronized void succeeded() {
        // One that began before it opened proves nothing about now.
        if (state != State.OPEN) {
            reset();
        }
    }

    /// A call failed.
    public synchronized void failed() {
        long now = nanoTime.getAsLong();
        if (failures == 0 || now - firstFailure > settings.window().toNanos()) {
            failures = 0;
            firstFailure = now;
        }
        failures++;
        if (state == State.HALF_OPEN || state == State.CLOSED && failures >= settings.failureThreshold()) {
            state = State.OPEN;
            opened = now;
        }
    }

    public synchronized State state() {
        return state;
    }

    /// Closes it and forgets what failed.
    public synchronized void reset() {
        state = State.CLOSED;
        failures = 0;
        probes = 0;
    }
}
