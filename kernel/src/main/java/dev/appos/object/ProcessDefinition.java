package dev.appos.object;

import dev.appos.base.Ref;
import java.time.Duration;
import java.util.List;

/// A piece of work that survives.
///
/// @param displayName the name of one instance, with inputs in braces
/// @param parameters  in the order of the author's method
/// @param catches     whether its code goes on after errors: what is refused inside it must then be undone alone
/// @param timeout     after which it fails; zero is no limit
/// @param codeHash    of the body and what it calls: a journal belongs to the code that wrote it
/// @param schedules   when it starts by itself
public record ProcessDefinition(
        Ref ref,
        String description,
        String displayName,
        List<Parameter> parameters,
        Duration timeout,
        String codeHash,
        boolean catches,
        List<Schedule> schedules,
        Access access,
        Source source)
        implements Definition {

    /// A process whose code catches nothing, and which only starts when somebody starts it; without a timeout.
    public ProcessDefinition(
            Ref ref,
            String description,
            String displayName,
            List<Parameter> parameters,
            String codeHash,
            Access access,
            Source source) {
        this(ref, description, displayName, parameters, Duration.ZERO, codeHash, false, List.of(), access, source);
    }

    public ProcessDefinition {
        parameters = List.copyOf(parameters);
        schedules = List.copyOf(schedules);
    }

    /// The process with what only the whole of its app can tell.
    public ProcessDefinition with(String codeHash, boolean catches) {
        return new ProcessDefinition(
                ref, description, displayName, parameters, timeout, codeHash, catches, schedules,
                access, source);
    }
}
