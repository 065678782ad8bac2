package dev.appos.identity;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.identity.Users.Profile;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The form of what is said about a user.
final class UserForm {

    private static final Pattern NAME = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Nd}][\\p{Ll}\\p{Lo}\\p{M}\\p{Nd}._@+-]*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_FULL_NAME = 200;

    /// Names that stand for others wherever names of users stand.
    private static final Set<String> RESERVED = Set.of("anonymous", "system");

    private UserForm() {}

    /// Whether a user could have this name at all.
    static boolean isName(String username) {
        return username.length() <= Users.LONGEST_NAME && NAME.matcher(username).matches();
    }

    /// Refuses what has no valid form, every fault at once.
    static void check(Optional<String> username, Profile profile) {
        List<Fault> faults = new ArrayList<>();
        if (username.isPresent() && !isName(username.get())) {
            faults.add(new Fault("/username", "form",
                    "must have 1 to " + Users.LONGEST_NAME + " letters, digits or . _ @ + -,"
                            + " and begin with a letter or digit"));
        } else if (username.isPresent() && RESERVED.contains(username.get())) {
            faults.add(new Fault("/username", "reserved", "is a name the platform uses itself"));
        }
        if (profile.email().map(e -> e.length() > LONGEST_EMAIL || !EMAIL.matcher(e).matches()).orElse(false)) {
            faults.add(new Fault(
                    "/email", "form", "must be an e-mail address of at most " + LONGEST_EMAIL + " characters"));
        }
        if (profile.fullName().map(name -> name.length() > LONGEST_FULL_NAME).orElse(false)) {
            faults.add(new Fault("/full_name", "length", "must have at most " + LONGEST_FULL_NAME + " characters"));
        }
        if (profile.language().map(language -> !LANGUAGE.matcher(language).matches()).orElse(false)) {
            faults.add(new Fault("/preferred_language", "form", "must be a language tag such as en or pt-BR"));
        }
        if (profile.timezone().map(zone -> !zone(zone)).orElse(false)) {
            faults.add(new Fault("/timezone", "unknown", "must be a time zone such as Europe/Madrid"));
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid("The user", faults);
        }
    }

    private static boolean zone(String name) {
        try {
            return ZoneId.of(name) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
