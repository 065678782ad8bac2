package dev.appos.identity;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.appos.base.Refusal;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Hashes and verifies passwords with Argon2id, a few at a time.
///
/// A flood of logins waits in line here instead of taking the machine, and is refused when the line is long or does not
/// move. Hashes made by bcrypt elsewhere are verified too, and are [#outdated(String)].
public final class Passwords {

    private static final int MEMORY_KIBIBYTES = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private static final Argon2Function ARGON =
            Argon2Function.getInstance(MEMORY_KIBIBYTES, ITERATIONS, 1, HASH_BYTES, Argon2.ID);

    /// How hashes of ours begin, parameters included.
    private static final String OURS = "$argon2id$v=19$m=" + MEMORY_KIBIBYTES + ",t=" + ITERATIONS + ",p=1$";

    private final PasswordRules rules;
    private final Semaphore gate;
    private final String nobody;

    Passwords(PasswordRules rules) {
        this.rules = rules;
        this.gate = new Semaphore(rules.atOnce(), true);
        this.nobody = encode("nobody has this password");
    }

    /// The hash to keep of a new password.
    ///
    /// @param path  where it stood in what the caller sent: `/password`
    /// @param names of the account, which the password must not be
    /// @throws Refusal if the password breaks a rule, or if too many wait
    public String hash(String path, String password, List<String> names) {
        rules.fault(path, password, names).ifPresent(fault -> {
            throw Refusal.invalid("The password", List.of(fault));
        });
        return gated(() -> encode(password));
    }

    /// Does work that hashes passwords, when it is its turn.
    ///
    /// @throws Refusal if too many wait
    <T> T gated(Supplier<T> work) {
        if (gate.getQueueLength() >= rules.waiting()) {
            throw busy();
        }
        boolean entered = false;
        try {
            entered = gate.tryAcquire(rules.waitMax().toMillis(), TimeUnit.MILLISECONDS);
            if (!entered) {
                throw busy();
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

    private static Refusal busy() {
        return Refusal.unavailable("Too many logins at once.", "Try again in some seconds.");
    }

    /// Whether the password is the one that was hashed. Without a hash the answer is no, and takes as long.
    boolean matches(String password, Optional<String> hash) {
        String known = hash.orElse(nobody);
        return password.length() <= PasswordRules.LONGEST && check(password, known) && hash.isPresent();
    }

    private static boolean check(String password, String known) {
        return known.startsWith("$2")
                ? Password.check(password, known).with(BcryptFunction.getInstanceFromHash(known))
                : Password.check(plain(password), known).with(Argon2Function.getInstanceFromHash(known));
    }

    /// Whether a hash was made otherwise than we make them now.
    static boolean outdated(String hash) {
        return !hash.startsWith(OURS);
    }

    /// A hash without asking whether the password is a good one.
    static String encode(String password) {
        return Password.hash(plain(password)).addRandomSalt(SALT_BYTES).with(ARGON).getResult();
    }

    /// The same letters typed on another keyboard are the same password.
    static String plain(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
