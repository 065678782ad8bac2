package dev.appos.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.appos.base.Refusal;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Hashes and verifies passwords with Argon2id, a few at a time.
///
/// One hash costs tens of milliseconds of a processor and 19 MiB, which is the point of it; so a flood of logins waits
/// in line here instead of taking the machine, and is refused when the line does not move.
public final class Passwords {

    /// Shorter ones can be guessed.
    public static final int SHORTEST = 8;

    /// Longer ones only cost time.
    public static final int LONGEST = 1000;

    static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private static final int MEMORY_KIBIBYTES = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Semaphore gate;
    private final String nobody;

    /// @param atOnce how many are hashed at the same time; more than the processors only makes each slower
    Passwords(int atOnce) {
        this.gate = new Semaphore(atOnce, true);
        this.nobody = encode("nobody has this password");
    }

    /// The hash to keep.
    ///
    /// @throws Refusal if the password is too short or too long, or if too many wait
    public String hash(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw Refusal.invalid(
                    "The password", "/password", "length", "must have " + SHORTEST + " to " + LONGEST + " characters");
        }
        return gated(() -> encode(password));
    }

    /// Does work that verifies passwords, when it is its turn.
    ///
    /// @throws Refusal if too many wait
    <T> T gated(Supplier<T> work) {
        boolean entered = false;
        try {
            entered = gate.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (!entered) {
                throw Refusal.unavailable("Too many logins at once.", "Try again in some seconds.");
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The login was interrupted.", "Try again.");
        } finally {
            if (entered) {
                gate.release();
            }
        }
    }

    /// Whether the password is the one that was hashed. Without a hash the answer is no, and takes as long.
    boolean matches(String password, Optional<String> hash) {
        String known = hash.orElse(nobody);
        boolean same = password.length() <= LONGEST
                && Password.check(plain(password), known).with(Argon2Function.getInstanceFromHash(known));
        return same && hash.isPresent();
    }

    private static String encode(String password) {
        return Password.hash(plain(password))
                .addRandomSalt(SALT_BYTES)
                .with(Argon2Function.getInstance(MEMORY_KIBIBYTES, ITERATIONS, 1, HASH_BYTES, Argon2.ID))
                .getResult();
    }

    /// The same letters typed on another keyboard are the same password.
    private static String plain(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
