package dev.appos.identity;

import java.time.Duration;

/// How long who has come in stays in.
///
/// @param max         a session ends after this, used or not
/// @param idle        a session that nobody used for so long ends
/// @param perUser     sessions of one user; a further login ends the oldest
/// @param tokenMax    a bearer token ends after this
/// @param tokensPerOwner tokens of one user or agent; a further one ends the oldest
/// @param keyOverlapMax  how long the former secret of a rotated API key may stay good at most
public record SessionLimits(
        Duration max, Duration idle, int perUser, Duration tokenMax, int tokensPerOwner, Duration keyOverlapMax) {

    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofSeconds(3600), Duration.ofSeconds(1800), 5, Duration.ofSeconds(3600), 50, Duration.ofDays(7));
}
