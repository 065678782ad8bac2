package dev.appos.process;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/// A month of UTC, and which ids were made in it: an id of version 7 begins with the milliseconds of its time.
record Month(YearMonth month) {

    private static final int RANDOM_BITS = 16;

    static Month of(Instant instant) {
        return new Month(YearMonth.from(instant.atOffset(ZoneOffset.UTC)));
    }

    static Month of(UUID id) {
        return of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> RANDOM_BITS));
    }

    /// The month a part of a table is named after, as [#of(String)] names it.
    static Month named(String part) {
        String[] words = part.split("_");
        return new Month(YearMonth.of(
                Integer.parseInt(words[words.length - 2]), Integer.parseInt(words[words.length - 1])));
    }

    Month plus(int months) {
        return new Month(month.plusMonths(months));
    }

    Instant start() {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// The first id of the month; all of its ids are from here to before that of the next.
    UUID first() {
        return floor(start());
    }

    /// The smallest id of a millisecond.
    static UUID floor(Instant instant) {
        return new UUID(instant.toEpochMilli() << RANDOM_BITS, 0);
    }

    /// The name of its part of a table.
    String of(String table) {
        return String.format(Locale.ROOT, "%s_%04d_%02d", table, month.getYear(), month.getMonthValue());
    }
}
