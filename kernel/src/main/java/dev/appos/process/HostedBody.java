package dev.appos.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What another engine does for the body of one process: all that a body asks of the world goes through here, so that
/// a replay on that engine takes the same way.
///
/// Its methods are called in the threads of the body and nowhere else; each thread runs only while the others wait.
public interface HostedBody {

    /// Whether this thread is one of the body's.
    boolean inside();

    /// The time, the same at each replay.
    Instant now();

    /// Does work of this server once; a replay answers what it answered then.
    String once(Supplier<String> work);

    /// Does a step on any server, by handing the text to [Hosting#perform] there; a replay answers what it answered
    /// then.
    ///
    /// @param name of the step, for people
    String remote(String name, String task);

    /// Runs a branch beside this code.
    ///
    /// @return waits for its end
    Runnable fork(Runnable branch);

    /// Waits until something has come, or the time is over.
    ///
    /// @param longest nothing is any length
    void await(Optional<Duration> longest, BooleanSupplier come);

    /// Sets who is told that something outside has changed, and whether the end is wanted.
    void listen(Consumer<Boolean> looked);

    /// Whether this was thrown by the engine for its own ends, and must not be taken for a fault of the body.
    boolean own(Throwable thrown);

    /// Leaves a body that took another way than its history. Does not return.
    ///
    /// @param message names both ways
    Error diverged(String message);
}
