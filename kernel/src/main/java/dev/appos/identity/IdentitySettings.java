package dev.appos.identity;

import java.time.Duration;

/// How long logins last and how many there may be.
///
/// @param sessionMax    a session ends after this, used or not
/// @param idleMax       a session that nobody used for so long ends
/// @param sessionsMax   of one user; a further login ends the oldest
/// @param tokenMax      a bearer token ends after this
/// @param attemptsMax   wrong logins for one name from one address before that address is locked out of it
/// @param lockedFor     how long it is locked out
/// @param everywhereMax wrong logins for one name from anywhere before nobody gets in under it
/// @param attemptsWindow how long wrong logins are counted, and how long nobody gets in after too many from anywhere
/// @param passwordsAtOnce how many passwords are hashed at a time; more than the processors only makes each slower
public record IdentitySettings(
        Duration sessionMax,
        Duration idleMax,
        int sessionsMax,
        Duration tokenMax,
        int attemptsMax,
        Duration lockedFor,
        int everywhereMax,
        Duration attemptsWindow,
        int passwordsAtOnce) {

    public static final IdentitySettings DEFAULT = new IdentitySettings(
            Duration.ofSeconds(3600),
            Duration.ofSeconds(1800),
            5,
            Duration.ofSeconds(3600),
            5,
            Duration.ofSeconds(900),
            100,
            Duration.ofHours(1),
            2);
}
