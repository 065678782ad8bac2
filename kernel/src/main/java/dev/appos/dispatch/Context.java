package dev.appos.dispatch;

import dev.appos.secure.Principal;
import java.time.Instant;

/// Who makes an outermost call, and under which id it goes into every log line and row.
///
/// @param at when it came in; app code sees this as the time
public record Context(Principal principal, String executionId, Instant at) {}
