package dev.appos.dispatch;

import dev.appos.secure.Principal;
import java.time.Instant;

/// Who makes an outermost call, and under which id it goes into every log line and row.
///
/// @param at     when it came in; app code sees this as the time
/// @param inside whether it is a step of a process: the entrance was the start, and what the process uses from then on
///               is judged like what any called object uses
/// @param traceParent the W3C trace that the request is part of, or empty
public record Context(Principal principal, String executionId, Instant at, boolean inside, String traceParent) {

    /// A call from outside.
    public Context(Principal principal, String executionId, Instant at) {
        this(principal, executionId, at, false, "");
    }

    /// A call from outside or from inside a process.
    public Context(Principal principal, String executionId, Instant at, boolean inside) {
        this(principal, executionId, at, inside, "");
    }

    /// The same as a part of somebody's trace.
    public Context under(String parent) {
        return new Context(principal, executionId, at, inside, parent);
    }
}
