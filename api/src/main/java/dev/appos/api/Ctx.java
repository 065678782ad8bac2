package dev.appos.api;

import java.time.Instant;

/// What app code may know of the call it runs in: `ctx.user()`.
public interface Ctx {

    /// The user name of whoever the call is made for.
    String user();

    /// Whether whoever the call is made for is a member of the group by now.
    boolean inGroup(String group);

    /// The id that every log line and row of this call carries.
    String executionId();

    /// The time; in a process the time of the first run, so that a replay sees the same.
    Instant now();

    /// Sets a variable that people who watch the process see. Only in a process.
    void var(String name, Object value);
}
