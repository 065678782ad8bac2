package dev.appos.dispatch;

import dev.appos.secure.Principal;
import java.time.Instant;

/// Who makes an outermost call, and under which id it goes into every log line and row.
///
/// @param at     when it came in; app code sees this as the time
/// @param inside whether it is a step of a process: the entrance was the start, and what the process uses from then on
///               is judged like what any called object uses
/// @param origin      what app code may know of where it comes from
/// @param traceParent the W3C trace that the request is part of, or empty
/// @param trial       whether nothing of what is done is kept: the caller wants to see what would happen
public record Context(
        Principal principal, String executionId, Instant at, boolean inside, Origin origin, String traceParent,
        boolean trial) {

    /// A call that is meant.
    public Context(
            Principal principal, String executionId, Instant at, boolean inside, Origin origin, String traceParent) {
        this(principal, executionId, at, inside, origin, traceParent, false);
    }

    /// A call from outside.
    public Context(Principal principal, String executionId, Instant at) {
        this(principal, executionId, at, false, Origin.NONE, "");
    }

    /// A call from outside, of a known origin.
    public Context(Principal principal, String executionId, Instant at, Origin origin) {
        this(principal, executionId, at, false, origin, "");
    }

    /// The same as a part of somebody's trace.
    public Context under(String parent) {
        return new Context(principal, executionId, at, inside, origin, parent, trial);
    }

    /// The same with nothing of it kept.
    public Context onTrial() {
        return new Context(principal, executionId, at, inside, origin, traceParent, true);
    }
}
