package dev.appos.base;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Makes ids and secrets. Ids sort by time (UUID version 7, RFC 9562); secrets cannot be guessed.
public final class Ids {

    private final Clock clock;
    private final SecureRandom random;

    public Ids(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// A new id; later ones sort after earlier ones, by the millisecond.
    public UUID next() {
        // An id is no secret: it must be unlike others, not impossible to guess.
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        long time = clock.millis() << 16;
        return new UUID(
                time | 0x7000L | chance.nextLong() & 0xfffL,
                chance.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    /// The id of one outermost call: `exec_` and 32 hex digits.
    public String execution() {
        UUID id = next();
        HexFormat hex = HexFormat.of();
        return "exec_" + hex.toHexDigits(id.getMostSignificantBits()) + hex.toHexDigits(id.getLeastSignificantBits());
    }

    /// A secret of so many random bytes as URL-safe text.
    public String secret(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
