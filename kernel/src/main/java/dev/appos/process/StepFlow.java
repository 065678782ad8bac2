package dev.appos.process;

import dev.appos.api.Approval;
import dev.appos.api.Branch;
import dev.appos.api.Completed;
import dev.appos.api.Flow;
import dev.appos.api.StepOptions;
import dev.appos.api.Task;
import dev.appos.dispatch.Call;
import dev.appos.object.Input;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// The words of a process inside one of its steps: none of them works there.
///
/// @param instance whose step it is, so that a process started there knows where it comes from
/// @param awaited  whether the step is a start that the process waits for
/// @param depth    of processes that wait for each other, with that one
record StepFlow(UUID instance, boolean awaited, int depth) implements Flow {

    /// For a call that is a step of the run.
    static StepFlow of(Run run, Call call) {
        boolean awaited = call.input() instanceof Input.Start;
        return new StepFlow(run.instance().id(), awaited, run.starting().depth() + 1);
    }

    @Override
    public Optional<UUID> process() {
        return Optional.of(instance);
    }

    private static BodyFault inside(String word) {
        return new BodyFault(word + " works in the body of a process, not inside a step; end the step first.");
    }

    @Override
    public Object step(StepOptions options, String ref, Object... arguments) {
        throw inside("step(\"" + options.name() + "\", …)");
    }

    @Override
    public Object step(StepOptions options, Supplier<?> body) {
        throw inside("step(\"" + options.name() + "\", …)");
    }

    @Override
    public void compensate(StepOptions options, String ref, Object... arguments) {
        throw inside("compensate(\"" + options.name() + "\", …)");
    }

    @Override
    public void compensate(StepOptions options, Supplier<?> body) {
        throw inside("compensate(\"" + options.name() + "\", …)");
    }

    @Override
    public Map<String, Object> parallel(String name, List<Branch> branches) {
        throw inside("parallel(\"" + name + "\", …)");
    }

    @Override
    public Approval approval(String name, String group, String title) {
        throw inside("approval(\"" + name + "\", …)");
    }

    @Override
    public Completed<?> task(Task task, List<String> choices, Class<?> type) {
        throw inside("task(\"" + task.name() + "\", …)");
    }

    @Override
    public Object child(String ref, Object... arguments) {
        throw inside(ref + ".run");
    }

    @Override
    public Optional<Object> signal(String name, Class<?> type, Optional<Duration> patience) {
        throw inside("signal(\"" + name + "\", …)");
    }

    @Override
    public boolean patched(String id) {
        throw inside("patched(\"" + id + "\")");
    }

    @Override
    public void sleep(Duration length) {
        throw inside("sleep");
    }
}
