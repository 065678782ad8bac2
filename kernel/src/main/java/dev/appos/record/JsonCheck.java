package dev.appos.record;

import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether a list or an object can be kept as `jsonb` and read back as what it was.
final class JsonCheck {

    /// Deeper values could be written and not be read again.
    static final int DEEPEST = 60;

    /// Numbers with more digits, written out, could be written and not be read again.
    static final int MOST_DIGITS = 150;

    private JsonCheck() {}

    /// The value with times as texts.
    ///
    /// @throws IllegalArgumentException saying what it must be, as the end of a sentence
    static Object of(Object value) {
        return copy(value, 0);
    }

    private static @Nullable Object copyOrNull(@Nullable Object value, int depth) {
        return value == null ? null : copy(value, depth);
    }

    private static Object copy(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("must not be nested more than " + DEEPEST + " deep");
        }
        return switch (value) {
            case String text -> Values.convert(ValueType.TEXT, List.of(), text);
            case Boolean truth -> truth;
            case Integer _, Long _, Short _, Double _, BigDecimal _, BigInteger _ -> number(value);
            case LocalDate _, Instant _, Duration _, UUID _ -> value.toString();
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(each -> copy.add(copyOrNull(each, depth + 1)));
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> copy.put(
                        (String) Values.convert(ValueType.TEXT, List.of(), String.valueOf(key)),
                        copyOrNull(each, depth + 1)));
                yield copy;
            }
            default -> throw new IllegalArgumentException("must hold nothing but what JSON can say");
        };
    }

    private static Object number(Object value) {
        BigDecimal number = (BigDecimal) Values.convert(ValueType.DECIMAL, List.of(), value);
        if (number.precision() + Math.abs(number.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException("must not hold numbers of more than " + MOST_DIGITS + " digits");
        }
        // Whole numbers come back as such, and beyond 64 bits nothing else the platform has can hold them.
        if (number.stripTrailingZeros().scale() <= 0) {
            Values.convert(ValueType.LONG, List.of(), number);
        }
        return value;
    }
}
