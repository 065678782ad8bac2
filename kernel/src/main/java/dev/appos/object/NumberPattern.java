package dev.appos.object;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How running numbers are written: `INV-{yyyy}-{00000}`.
///
/// @param before what stands before the number, with the parts of the day in braces
/// @param digits how many digits the number has at least
/// @param after  what stands behind it, likewise
public record NumberPattern(String before, int digits, String after) {

    private static final int LONGEST = 60;
    private static final int MOST_DIGITS = 18;
    private static final Pattern FORM = Pattern.compile("([^{}]|\\{(?:yyyy|yy|MM|dd)})*");
    private static final Pattern NUMBER = Pattern.compile("\\{(0+)}");
    private static final Pattern DAY = Pattern.compile("\\{(yyyy|yy|MM|dd)}");

    /// The pattern as an author wrote it; empty unless it has one place for the number and nothing else in braces.
    public static Optional<NumberPattern> of(String written) {
        Matcher number = NUMBER.matcher(written);
        if (written.length() > LONGEST || !number.find() || number.group(1).length() > MOST_DIGITS) {
            return Optional.empty();
        }
        String before = written.substring(0, number.start());
        String after = written.substring(number.end());
        return FORM.matcher(before).matches() && FORM.matcher(after).matches()
                ? Optional.of(new NumberPattern(before, number.group(1).length(), after))
                : Optional.empty();
    }

    /// What the numbers of a moment have in common; each such text counts for itself.
    public String series(Instant at) {
        return day(before, at) + "{}" + day(after, at);
    }

    /// The number of a series as it is written.
    public String write(Instant at, long number) {
        return day(before, at) + ("%0" + digits + "d").formatted(number) + day(after, at);
    }

    /// How many characters the first number has.
    public int shortest() {
        return day(before, Instant.EPOCH).length() + digits + day(after, Instant.EPOCH).length();
    }

    private static String day(String text, Instant at) {
        ZonedDateTime time = at.atZone(ZoneOffset.UTC);
        return DAY.matcher(text).replaceAll((MatchResult part) -> Matcher.quoteReplacement(
                DateTimeFormatter.ofPattern(part.group(1), Locale.ROOT).format(time)));
    }
}
