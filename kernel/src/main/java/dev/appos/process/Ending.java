package dev.appos.process;

import java.util.Optional;

/// How a process ended.
///
/// @param status  `completed`, `failed` or `cancelled`
/// @param outputs what its body answered, JSON
/// @param error   why it failed, JSON
record Ending(String status, Optional<String> outputs, Optional<String> error) {}
