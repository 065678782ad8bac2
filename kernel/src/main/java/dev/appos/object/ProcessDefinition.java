package dev.appos.object;

import dev.appos.base.Ref;
import java.util.List;

/// A piece of work that survives.
///
/// @param displayName the name of one instance, with inputs in braces
/// @param parameters  in the order of the author's method
/// @param codeHash    of the body and what it calls: a journal belongs to the code that wrote it
public record ProcessDefinition(
        Ref ref,
        String description,
        String displayName,
        List<Parameter> parameters,
        String codeHash,
        Access access,
        Source source)
        implements Definition {

    public ProcessDefinition {
        parameters = List.copyOf(parameters);
    }
}
