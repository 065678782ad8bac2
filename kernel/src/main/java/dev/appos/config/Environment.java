package dev.appos.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a server is for. Staging is as strict as prod, so that what works there works here.
public enum Environment {
    DEV,
    STAGING,
    PROD;

    /// As it is written: `prod`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether what is convenient on one's own machine is refused: cookies over plain HTTP, a printed password.
    public boolean strict() {
        return this != DEV;
    }

    /// The one that is written so.
    public static Optional<Environment> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /// All of them, as they are written.
    public static List<String> words() {
        return Arrays.stream(values()).map(Environment::word).toList();
    }
}
