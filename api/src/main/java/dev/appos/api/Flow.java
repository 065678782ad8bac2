package dev.appos.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// What the words of a process body do: steps, branches, waits. The process engine implements it.
public interface Flow {

    /// Bound by the engine while a process body runs.
    ScopedValue<Flow> CURRENT = ScopedValue.newInstance();

    /// The process that is running.
    ///
    /// @throws NoSuchElementException outside a process
    static Flow current() {
        return CURRENT.orElseThrow(
                () -> new NoSuchElementException("step, parallel, approval and sleep work only in a @Process."));
    }

    /// Runs a named rule once; on a replay answers what it answered then.
    Object step(StepOptions options, String ref, Object... arguments);

    /// Runs code once in one transaction; on a replay answers what it answered then.
    Object step(StepOptions options, Supplier<?> body);

    /// Notes a rule to be run as a step once the process fails or is cancelled; the last noted is the first to run.
    void compensate(StepOptions options, String ref, Object... arguments);

    /// Notes code to be run as a step once the process fails or is cancelled.
    void compensate(StepOptions options, Supplier<?> body);

    /// Runs branches side by side and answers when every awaited one is done: their answers by name.
    Map<String, Object> parallel(String name, List<Branch> branches);

    /// Waits for a person of the group to decide.
    Approval approval(String name, String group, String title);

    /// Puts a task and waits until somebody has done it.
    ///
    /// @param choices what can be chosen; none where a form is filled in
    /// @param type    of what is filled in
    default Completed<?> task(Task task, List<String> choices, Class<?> type) {
        throw new UnsupportedOperationException("tasks do not work here");
    }

    /// Starts another process and waits for its answer.
    default Object child(String ref, Object... arguments) {
        throw new UnsupportedOperationException("waiting for another process does not work here");
    }

    /// Waits for a signal, at most so long if anything is said; answers its value, or nothing once the time is over.
    default Optional<Object> signal(String name, Class<?> type, Optional<Duration> patience) {
        throw new UnsupportedOperationException("signal does not work here");
    }

    /// The instance of the process, in one of its steps.
    default Optional<UUID> process() {
        return Optional.empty();
    }

    /// Whether the instance takes the new side of a change of the code: it does unless it had passed this place before.
    boolean patched(String id);

    /// Waits; holds no thread while it does.
    void sleep(Duration length);
}
