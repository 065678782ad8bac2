package dev.appos.store;

import java.time.Duration;

/// How many connections to PostgreSQL are kept, and for how long.
///
/// @param kept     connections that stay open; never more than `most`
/// @param most     connections of this process at a time, at least one
/// @param timeout  how long a caller waits for one before it is refused; longer queues only turn one slow second into
///                 many
/// @param lifetime how old one gets before another takes its place
public record PoolSettings(int kept, int most, Duration timeout, Duration lifetime) {

    private static final int KEPT_OF_SMALL = 2;

    public static final PoolSettings DEFAULT = new PoolSettings(10, 30, Duration.ofSeconds(5), Duration.ofMinutes(30));

    public PoolSettings {
        if (most < 1) {
            throw new IllegalArgumentException("a pool has at least one connection: " + most);
        }
        kept = Math.min(kept, most);
    }

    /// A pool of at most so many.
    public static PoolSettings of(int most) {
        return new PoolSettings(KEPT_OF_SMALL, most, DEFAULT.timeout(), DEFAULT.lifetime());
    }
}
