package dev.appos.object;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/// Times of day and lengths of time as the platform keeps them: to the microsecond.
final class Times {

    /// A thousand years; more is a slip.
    private static final Duration LONGEST = Duration.ofDays(365_250);

    private Times() {}

    /// @throws IllegalArgumentException saying what it must be, as the end of a sentence
    static LocalTime time(String written) {
        try {
            return LocalTime.parse(written);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("must be a time of day such as 09:30 or 17:45:10.5");
        }
    }

    static LocalTime time(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /// @throws IllegalArgumentException saying what it must be, as the end of a sentence
    static Duration duration(String written) {
        try {
            return Duration.parse(written);
        } catch (DateTimeException | ArithmeticException _) {
            throw new IllegalArgumentException("must be a length of time such as PT36H30M or P2DT1.5S");
        }
    }

    /// @throws IllegalArgumentException saying what it must be, as the end of a sentence
    static Duration duration(Duration duration) {
        if (duration.abs().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most a thousand years long");
        }
        return duration.truncatedTo(ChronoUnit.MICROS);
    }
}
