package dev.appos.govern;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The periods of budgets, by the clock in UTC.
final class Windows {

    private Windows() {}

    /// The beginning of the period `now` lies in.
    static Instant start(Budgets.Per per, Instant now) {
        return switch (per) {
            case RUN -> now;
            case MINUTE -> now.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> now.truncatedTo(ChronoUnit.HOURS);
            case DAY -> now.truncatedTo(ChronoUnit.DAYS);
            case MONTH -> month(now).atStartOfDay().toInstant(ZoneOffset.UTC);
            case TOTAL -> Instant.EPOCH;
        };
    }

    /// How long until the next period begins, if there is one.
    static Optional<Duration> left(Budgets.Per per, Instant now) {
        Instant start = start(per, now);
        return switch (per) {
            case RUN, TOTAL -> Optional.empty();
            case MINUTE -> Optional.of(Duration.between(now, start.plus(1, ChronoUnit.MINUTES)));
            case HOUR -> Optional.of(Duration.between(now, start.plus(1, ChronoUnit.HOURS)));
            case DAY -> Optional.of(Duration.between(now, start.plus(1, ChronoUnit.DAYS)));
            case MONTH -> Optional.of(Duration.between(
                    now, month(now).plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
        };
    }

    private static LocalDate month(Instant now) {
        return now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }
}
