package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.trace.JsonLog.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Runs bodies and steps of processes for another engine, with everything as it is on this one: the words, the door and
/// its keys, the rows that people see.
public final class Hosting {

    private final Means means;

    Hosting(Means means) {
        this.means = means;
    }

    /// Runs the body of an instance to its end, in this thread.
    ///
    /// @param handed what [Elsewhere#hand] was given
    /// @throws IllegalStateException if there is no such process now; it may come again
    public void follow(String handed, HostedBody host) {
        Instance instance = Handed.read(handed);
        Snapshot snapshot = means.parts().registry().current();
        HostedRun run = new HostedRun(means, snapshot, definition(snapshot, instance), instance, host);
        host.listen(run::look);
        try {
            new Course(run).follow();
        } catch (Unwind.Lost _) {
            // The instance is not in the tables any more: nobody is there to tell.
        }
    }

    /// Makes one attempt at a step.
    ///
    /// @param task what [HostedBody#remote] was given
    public String perform(String task) {
        HostedStep step = HostedStep.read(task, means.parts().registry().current());
        Snapshot snapshot = means.parts().registry().current();
        Run run = new Run(means, snapshot, definition(snapshot, step.instance()), step.instance());
        return Recorded.write(step.attempt().path(), done(run, step.attempt()));
    }

    static Written done(Run run, Attempt attempt) {
        Entry ended = run.means().journal().payloads()
                .aside(run.instance(), attempt.ended(run, attempt.begun(run)));
        Journal.Put put = run.persist(() -> run.means().journal().put(run.instance(), ended, Optional.empty()));
        ProcessLog.step(run, ended, attempt.call().ref());
        return run.means().handover().heard(run.instance(), new Written(ended, put));
    }

    /// Ends an instance that cannot go on there.
    public void fail(UUID id, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("step", null);
        error.put("message", message);
        means.handover().fail(id, Json.write(error));
    }

    /// Ends what is over there without a word here.
    ///
    /// @param over why an instance is over; nothing if it lives
    /// @param after where the last look ended
    /// @return where this one ended; empty after the last instance
    public Optional<UUID> sweep(Optional<UUID> after, Function<UUID, Optional<String>> over) {
        List<UUID> quiet = means.handover().quiet(Bounds.QUIET, after.orElse(new UUID(0, 0)), Bounds.SWEPT_AT_ONCE);
        quiet.forEach(id -> over.apply(id).ifPresent(why -> fail(id, why)));
        return quiet.size() < Bounds.SWEPT_AT_ONCE ? Optional.empty() : Optional.of(quiet.getLast());
    }

    /// Notes a fault of the other engine in the log.
    public void fault(Throwable failure) {
        means.parts().log().system(
                Level.WARNING, means.parts().clock().instant(), "process_engine_failed",
                dev.appos.trace.Faults.of(failure));
    }

    private static ProcessDefinition definition(Snapshot snapshot, Instance instance) {
        if (snapshot.find(instance.process()).orElse(null) instanceof ProcessDefinition definition) {
            return definition;
        }
        throw new IllegalStateException(instance.process() + " is not there now");
    }
}
