package dev.appos.identity;

import dev.appos.base.Refusal.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a new password must be, and how many are hashed at a time.
///
/// One hash costs tens of milliseconds of a processor and 19 MiB, which is the point of it.
///
/// @param shortest in characters
/// @param atOnce   how many are hashed at the same time; more than the processors only makes each slower
/// @param waitMax  who waits longer for a turn is sent away
/// @param waiting  how many may wait for a turn; a further one is sent away at once
public record PasswordRules(int shortest, int atOnce, Duration waitMax, int waiting) {

    public static final PasswordRules DEFAULT = new PasswordRules(8, 2, Duration.ofSeconds(5), 200);

    /// Longer ones only cost time.
    public static final int LONGEST = 1000;

    /// What is wrong with a new password, if anything.
    ///
    /// @param path  where it stood in what the caller sent
    /// @param names of the account: its user name, its e-mail address
    Optional<Fault> fault(String path, String password, List<String> names) {
        int length = password.codePointCount(0, password.length());
        if (length < shortest || length > LONGEST) {
            return Optional.of(
                    new Fault(path, "length", "must have " + shortest + " to " + LONGEST + " characters"));
        }
        String plain = Passwords.plain(password).strip().toLowerCase(Locale.ROOT);
        if (names.stream().anyMatch(name -> isName(plain, name.toLowerCase(Locale.ROOT)))) {
            return Optional.of(new Fault(path, "name", "must not be the name or the e-mail address of the account"));
        }
        if (CommonPasswords.contains(plain)) {
            return Optional.of(new Fault(path, "common", "is one of those that are tried first; take a longer one"));
        }
        return Optional.empty();
    }

    private static boolean isName(String plain, String name) {
        return plain.equals(name) || plain.equals(name.split("@", 2)[0]);
    }
}
