package dev.appos.authoring;

import dev.appos.registry.Problem;
import dev.appos.registry.Snapshot;
import java.util.List;

/// What became of the sources: all apps together live, or none of them.
public sealed interface Compilation {

    /// Every app compiled.
    ///
    /// @param snapshot ready to be swapped into the registry, once the database fits it
    record Success(Snapshot snapshot) implements Compilation {}

    /// At least one fault; nothing was made.
    ///
    /// @param problems every fault that could be found at once, by file and line; never empty
    record Failure(List<Problem> problems) implements Compilation {

        public Failure {
            problems = List.copyOf(problems);
        }
    }
}
