package dev.appos.process;

import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import java.util.Optional;

/// A body that is run on the journal of an instance without any effect, to see whether its code would take the same
/// way.
record Rehearsal(Means means, Snapshot snapshot, ProcessDefinition definition) {

    /// Why the instance could not go on with this code; nothing if it could.
    Optional<String> difference(Instance instance) {
        Version code = new Version(snapshot.code(definition.ref().app()), Version.Kind.DRY);
        Run run = new Run(means, snapshot, definition, code, instance);
        Outcome outcome = run.body();
        Optional<Unwind> beside = run.background().settle();
        return switch (outcome) {
            case Outcome.Fault(Throwable cause) -> Optional.of(Faults.text(cause));
            case Outcome.Left(Unwind why) -> text(why).or(() -> beside.flatMap(Rehearsal::text));
            case Outcome.Value _ -> beside.flatMap(Rehearsal::text);
        };
    }

    private static Optional<String> text(Unwind why) {
        return why instanceof Unwind.Diverged diverged ? Optional.of(diverged.message()) : Optional.empty();
    }
}
