package dev.appos.identity;

import java.time.Duration;

/// How often one may be wrong.
///
/// @param attempts   wrong logins for one name from one address before that address is locked out of it
/// @param lockedFor  how long it is locked out
/// @param everywhere wrong logins for one name from anywhere before nobody gets in under it
/// @param window     how long wrong logins are counted, and how long nobody gets in after too many from anywhere
/// @param kept       how long the audit remembers each login
public record LoginLimits(int attempts, Duration lockedFor, int everywhere, Duration window, Duration kept) {

    public static final LoginLimits DEFAULT =
            new LoginLimits(5, Duration.ofSeconds(900), 100, Duration.ofHours(1), Duration.ofDays(400));
}
