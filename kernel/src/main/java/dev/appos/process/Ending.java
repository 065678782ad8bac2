package dev.appos.process;

import java.util.Optional;

/// How a process ended.
///
/// @param status  `completed`, `failed` or `cancelled`
/// @param outputs what its body answered, JSON
/// @param error   why it failed, JSON
/// @param report  to the process that waits for it
record Ending(String status, Optional<String> outputs, Optional<String> error, Optional<Children.Report> report) {

    /// An ending nobody waits for.
    Ending(String status, Optional<String> outputs, Optional<String> error) {
        this(status, outputs, error, Optional.empty());
    }

    Ending reporting(Children.Report said) {
        return new Ending(status, outputs, error, Optional.of(said));
    }
}
