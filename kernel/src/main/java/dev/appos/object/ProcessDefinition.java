package dev.appos.object;

import dev.appos.base.Ref;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A piece of work that survives.
///
/// @param displayName the name of one instance, with inputs in braces
/// @param parameters  in the order of the author's method
/// @param pace        how much of it is done at a time, and for how long
/// @param triggers    what starts it by itself
public record ProcessDefinition(
        Ref ref,
        String description,
        String displayName,
        List<Parameter> parameters,
        Pace pace,
        ProcessCode code,
        Triggers triggers,
        Access access,
        Source source)
        implements Definition {

    /// A process that waits for no signal.
    public ProcessDefinition(
            Ref ref,
            String description,
            String displayName,
            List<Parameter> parameters,
            Pace pace,
            String codeHash,
            boolean catches,
            Triggers triggers,
            Access access,
            Source source) {
        this(ref, description, displayName, parameters, pace, new ProcessCode(codeHash, catches, Map.of()),
                triggers, access, source);
    }

    /// A process whose code catches nothing, and which only starts when somebody starts it; without a timeout.
    public ProcessDefinition(
            Ref ref,
            String description,
            String displayName,
            List<Parameter> parameters,
            String codeHash,
            Access access,
            Source source) {
        this(ref, description, displayName, parameters, Pace.FREE, codeHash, false, Triggers.NONE, access, source);
    }

    public ProcessDefinition {
        parameters = List.copyOf(parameters);
    }

    /// After which an instance fails; zero is no limit.
    public Duration timeout() {
        return pace.timeout();
    }

    /// See [ProcessCode].
    public String codeHash() {
        return code.hash();
    }

    /// See [ProcessCode].
    public boolean catches() {
        return code.catches();
    }

    /// See [ProcessCode].
    public Map<String, String> signals() {
        return code.signals();
    }

    /// The process with what only the whole of its app can tell.
    public ProcessDefinition with(ProcessCode known) {
        return new ProcessDefinition(
                ref, description, displayName, parameters, pace, known, triggers, access, source);
    }
}
