package dev.appos.api;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;

/// Reads lengths of time as people write them.
public final class Durations {

    private static final java.util.regex.Pattern WRITTEN =
            java.util.regex.Pattern.compile("(\\d+)\\s*(ms|s|m|h|d|w|millis\\w*|sec\\w*|min\\w*|hours?|days?|weeks?)");

    private Durations() {}

    /// Reads `"30s"`, `"5 minutes"`, `"3 days"`, `"2w"` or ISO-8601 such as `"PT5M"`.
    ///
    /// @throws IllegalArgumentException naming the text and the forms that work
    public static Duration parse(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WRITTEN.matcher(written);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            String unit = matcher.group(2);
            if (unit.startsWith("mil") || unit.equals("ms")) {
                return Duration.ofMillis(amount);
            }
            return switch (unit.charAt(0)) {
                case 's' -> Duration.ofSeconds(amount);
                case 'm' -> Duration.ofMinutes(amount);
                case 'h' -> Duration.ofHours(amount);
                case 'd' -> Duration.ofDays(amount);
                default -> Duration.ofDays(Math.multiplyExact(7, amount));
            };
        }
        try {
            return Duration.parse(text.strip());
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a length of time; write for example 30s, 5m, 2 hours, 3 days or PT5M.", e);
        }
    }
}
