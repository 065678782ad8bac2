package dev.appos.identity;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

/// The passwords that people choose most, which are those that are tried first.
final class CommonPasswords {

    /// Shorter ones are refused for their length wherever the minimum is at least this.
    private static final int SHORTEST = 6;

    /// Read when it is first asked for, once.
    private static final class Known {
        private static final Set<String> ALL = read();
    }

    private CommonPasswords() {}

    /// Whether it is one of them.
    ///
    /// @param password in lower case
    static boolean contains(String password) {
        return Known.ALL.contains(password);
    }

    private static Set<String> read() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .filter(password -> password.length() >= SHORTEST)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }
}
