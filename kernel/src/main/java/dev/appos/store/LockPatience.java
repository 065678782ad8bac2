package dev.appos.store;

import java.time.Duration;

/// How long a migration waits for a lock on a table, and how often it tries again.
///
/// While it waits, everybody who wants the table waits behind it. So it waits a moment, gives up, lets them pass and
/// tries again.
///
/// @param each  how long for one lock
/// @param tries of one file, at least 1
/// @param pause between two tries
public record LockPatience(Duration each, int tries, Duration pause) {

    /// What a server uses: a minute and a half in all.
    public static final LockPatience USUAL = new LockPatience(Duration.ofSeconds(3), 20, Duration.ofMillis(1500));
}
