package dev.appos.object;

import dev.appos.base.Ref;
import java.util.List;

/// A piece of work that survives.
///
/// @param displayName the name of one instance, with inputs in braces
/// @param parameters  in the order of the author's method
/// @param catches     whether its code goes on after errors: what is refused inside it must then be undone alone
/// @param codeHash    of the body and what it calls: a journal belongs to the code that wrote it
/// @param schedules   when it starts by itself
public record ProcessDefinition(
        Ref ref,
        String description,
        String displayName,
        List<Parameter> parameters,
        String codeHash,
        boolean catches,
        List<Schedule> schedules,
        Access access,
        Source source)
        implements Definition {

    /// A process whose code catches nothing, and which only starts when somebody starts it.
    public ProcessDefinition(
            Ref ref,
            String description,
            String displayName,
            List<Parameter> parameters,
            String codeHash,
            Access access,
            Source source) {
        this(ref, description, displayName, parameters, codeHash, false, List.of(), access, source);
    }

    public ProcessDefinition {
        parameters = List.copyOf(parameters);
        schedules = List.copyOf(schedules);
    }
}
