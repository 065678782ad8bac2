package dev.appos.object;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of a process is done at a time, over all servers, and for how long.
///
/// @param concurrency instances that run at a time; 0 is no limit. One that waits does not count.
/// @param rate        instances that are taken up in `per`; 0 is no limit
/// @param key         the input whose values are limited each by itself; empty is all together
/// @param priority    what comes first where there is not room for all: -9 to 9, more is sooner
/// @param timeout     after which an instance fails; zero is no limit
public record Pace(int concurrency, int rate, Duration per, String key, int priority, Duration timeout) {

    /// No limit.
    public static final Pace FREE = new Pace(0, 0, Duration.ZERO, "", 0, Duration.ZERO);

    /// The largest and, negative, the smallest priority.
    public static final int PRIORITY_MOST = 9;

    private static final Pattern RATE = Pattern.compile("(\\d{1,6})/(second|minute|hour|day)");

    private static final Map<String, Duration> SPANS = Map.of(
            "second", Duration.ofSeconds(1), "minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1));

    /// Whether anything is limited.
    public boolean limited() {
        return concurrency > 0 || rate > 0;
    }

    /// The same, with a timeout.
    public Pace within(Duration limit) {
        return new Pace(concurrency, rate, per, key, priority, limit);
    }

    /// A pace as an author writes it.
    ///
    /// @param rate like `100/minute`; empty for none
    /// @return nothing if a figure is out of range or the rate cannot be read
    public static Optional<Pace> of(int concurrency, String rate, String key, int priority) {
        if (concurrency < 0 || Math.abs(priority) > PRIORITY_MOST) {
            return Optional.empty();
        }
        if (rate.isEmpty()) {
            return Optional.of(new Pace(concurrency, 0, Duration.ZERO, key, priority, Duration.ZERO));
        }
        Matcher words = RATE.matcher(rate);
        return words.matches() && Integer.parseInt(words.group(1)) > 0
                ? Optional.of(new Pace(
                        concurrency, Integer.parseInt(words.group(1)), SPANS.get(words.group(2)), key, priority,
                        Duration.ZERO))
                : Optional.empty();
    }
}
