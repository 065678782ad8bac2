package dev.appos.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/// Counts requests and says when there were too many: over all nodes while the shared cache answers, and for each node
/// by itself while it does not. It protects the machine and decides nothing else.
///
/// Windows begin at round times (each full minute), so all nodes mean the same one.
public final class RateLimiter {

    /// What came of one request.
    ///
    /// @param allowed   whether it is within the limit
    /// @param remaining how many more are, until `resetsIn` has passed
    public record Outcome(boolean allowed, int limit, long remaining, Duration resetsIn) {}

    private final SharedCache shared;
    private final SharedCache own;
    private final Clock clock;

    /// @param own of this node, for when the shared one is away
    public RateLimiter(SharedCache shared, LocalCache own, Clock clock) {
        this.shared = shared;
        this.own = own;
        this.clock = clock;
    }

    /// Counts one request.
    ///
    /// @param who whose requests are counted together
    public Outcome count(String who, RateLimit limit) {
        long windowMs = limit.window().toMillis();
        long nowMs = clock.millis();
        long began = nowMs - Math.floorMod(nowMs, windowMs);
        String key = "rate:" + who + ":" + began;
        OptionalLong known = shared.count(key, limit.window());
        long count = known.isPresent() ? known.getAsLong() : own.count(key, limit.window()).orElseThrow();
        return new Outcome(
                count <= limit.requests(),
                limit.requests(),
                Math.max(0, limit.requests() - count),
                Duration.ofMillis(began + windowMs - nowMs));
    }
}
