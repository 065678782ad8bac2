package dev.appos.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `${NAME}` inside a value, or `env.NAME` as the whole of it: what an environment variable holds, for secrets that do
/// not belong into a file.
///
/// @param mode what is done about them
record References(Map<String, String> variables, Mode mode) {

    /// What is done about references.
    enum Mode {
        /// They are followed.
        FOLLOW,
        /// The value is that of another machine, and cannot be looked at.
        LEAVE,
        /// They are text like any other.
        LITERAL
    }

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_]\\w{0,99})}|^env\\.([A-Za-z_]\\w{0,99})$");

    /// A value with its references replaced.
    ///
    /// @param missing the first variable that is not set
    record Resolved(String text, boolean referred, Optional<String> missing) {}

    Resolved resolve(String written) {
        Matcher reference = NAMED.matcher(written);
        if (mode == Mode.LITERAL || !reference.find()) {
            return new Resolved(written, false, Optional.empty());
        }
        StringBuilder text = new StringBuilder();
        Optional<String> missing = Optional.empty();
        do {
            String name = reference.group(1) == null ? reference.group(2) : reference.group(1);
            if (!variables.containsKey(name)) {
                missing = missing.or(() -> Optional.of(name));
            }
            reference.appendReplacement(text, Matcher.quoteReplacement(variables.getOrDefault(name, "")));
        } while (reference.find());
        return new Resolved(reference.appendTail(text).toString(), true, missing);
    }
}
