package dev.appos.process;

import java.time.Duration;

/// How much of everything there may be, and how long things are waited for.
final class Bounds {

    /// Instances taken from the table in one statement.
    static final int CLAIM_MOST = 64;

    /// More steps in one instance are a loop that does not end.
    static final int STEPS_MOST = 10_000;

    /// Parallels inside branches of parallels, and so on, are a recursion that does not end.
    static final int DEEPEST = 16;

    /// Branches of one parallel: each is a thread.
    static final int BRANCHES_MOST = 256;

    /// With the id of the instance in front, a path is the key of a call, which holds 255 characters.
    static final int PATH_LONGEST = 200;

    static final int NAME_LONGEST = 80;

    static final int VARIABLES_MOST = 200;

    /// Variables are there to be looked at; larger values belong into records.
    static final int VARIABLE_LONGEST = 64 * 1024;

    /// Nobody waits longer for code that still means the same.
    static final Duration SLEEP_LONGEST = Duration.ofDays(3660);

    /// Longer texts of faults are cut.
    static final int MESSAGE_LONGEST = 2_000;

    /// A shorter wait keeps its thread: giving the instance up and taking it back would cost more.
    static final Duration PARK_AFTER = Duration.ofSeconds(2);

    /// Take-overs from nodes that died without one step getting done; one more and it is the instance that kills them.
    static final int TAKEOVERS_MOST = 5;

    /// How often a call or a row is tried again while the database cannot take it, before it counts as failed.
    static final int UNAVAILABLE_TRIES = 6;

    static final Duration UNAVAILABLE_WAIT = Duration.ofMillis(100);

    /// How long an instance that another engine runs is believed to live without a look.
    static final Duration QUIET = Duration.ofSeconds(5);

    /// Instances on another engine that are looked at in one go.
    static final int SWEPT_AT_ONCE = 50;

    private Bounds() {}
}
