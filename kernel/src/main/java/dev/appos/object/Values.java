package dev.appos.object;

import dev.appos.base.Json;
import dev.appos.base.Nearest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns what came in, as JSON or as text, into the Java value a [ValueType] stands for. Refuses rather than guesses.
public final class Values {

    /// More digits are no amount of anything and cost time to handle.
    public static final int MOST_DIGITS = 1000;

    /// PostgreSQL's own bounds of dates are wider; beyond these years a value is a slip.
    private static final int FIRST_YEAR = -4000;

    private static final int LAST_YEAR = 9999;

    /// Java reads shorter ones too, and guesses.
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Values() {}

    /// Converts a JSON value, or a Java value that app code hands over.
    ///
    /// @return `String`, `Integer`, `Long`, `BigDecimal`, `Boolean`, `LocalDate`, `Instant`, `LocalTime`,
    ///         `Duration`, `UUID`, `List` or `Map`
    /// @throws IllegalArgumentException saying what it must be, as the end of a sentence
    public static Object convert(ValueType type, List<String> choices, Object value) {
        return switch (type) {
            case TEXT -> text(value);
            case CHOICE -> choice(choices, value instanceof Enum<?> constant ? constant.name() : text(value));
            case INTEGER -> Math.toIntExact(whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG, REFERENCE -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> decimal(value);
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    yield value;
                }
                throw new IllegalArgumentException("must be true or false");
            }
            case DATE -> value instanceof LocalDate date ? date : date(text(value));
            case INSTANT -> value instanceof Instant instant ? instant : instant(text(value));
            case TIME -> Times.time(value instanceof LocalTime time ? time : Times.time(text(value)));
            case DURATION -> Times.duration(
                    value instanceof Duration duration ? duration : Times.duration(text(value)));
            case UUID -> value instanceof UUID id ? id : uuid(text(value));
            case LIST -> {
                if (value instanceof List<?>) {
                    yield value;
                }
                throw new IllegalArgumentException("must be a list");
            }
            case MAP -> {
                if (value instanceof Map<?, ?>) {
                    yield value;
                }
                throw new IllegalArgumentException("must be an object");
            }
        };
    }

    /// Reads a value written as text: in an address, in a CSV file, as a default.
    ///
    /// @throws IllegalArgumentException saying what it must be, as the end of a sentence
    public static Object parse(ValueType type, List<String> choices, String written) {
        return switch (type) {
            case TEXT, CHOICE, DATE, INSTANT, TIME, DURATION, UUID -> convert(type, choices, written);
            case INTEGER, LONG, REFERENCE, DECIMAL -> convert(type, choices, number(written));
            case BOOLEAN -> switch (written) {
                case "true", "t", "1" -> true;
                case "false", "f", "0" -> false;
                default -> throw new IllegalArgumentException("must be true or false");
            };
            case LIST, MAP -> convert(type, choices, json(written));
        };
    }

    private static UUID uuid(String written) {
        if (!UUID_FORM.matcher(written).matches()) {
            throw new IllegalArgumentException("must be a UUID such as 0198c2d1-7a53-7c1e-9f4b-2f6d1c0a8e77");
        }
        return UUID.fromString(written);
    }

    private static Object json(String written) {
        Object value = Json.read(written);
        if (value == null) {
            throw new IllegalArgumentException("must not be null");
        }
        return value;
    }

    private static String text(Object value) {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException("must be a text");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must not hold the character NUL");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException("must be well-formed Unicode");
                }
                i++;
            }
        }
        return text;
    }

    private static String choice(List<String> choices, String value) {
        if (!choices.contains(value)) {
            throw new IllegalArgumentException(
                    "must be one of " + String.join(", ", choices) + "; " + Nearest.remedy(value, choices));
        }
        return value;
    }

    private static BigDecimal number(String written) {
        if (written.length() > MOST_DIGITS) {
            throw new IllegalArgumentException("must be a number of at most " + MOST_DIGITS + " digits");
        }
        try {
            return new BigDecimal(written.strip());
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("must be a number");
        }
    }

    private static long whole(Object value, long least, long most) {
        BigDecimal number = value instanceof String ? null : numeric(value);
        boolean wild = number != null && Math.abs((long) number.scale()) > MOST_DIGITS;
        if (number == null || wild || number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("must be a whole number");
        }
        BigInteger whole = number.toBigInteger();
        if (whole.compareTo(BigInteger.valueOf(least)) < 0 || whole.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new IllegalArgumentException("must be between " + least + " and " + most);
        }
        return whole.longValue();
    }

    private static BigDecimal decimal(Object value) {
        BigDecimal number = value instanceof String written ? number(written) : numeric(value);
        if (number == null) {
            throw new IllegalArgumentException("must be a number");
        }
        if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException("must be a number of at most " + MOST_DIGITS + " digits");
        }
        return number;
    }

    private static @Nullable BigDecimal numeric(Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case Short number -> BigDecimal.valueOf(number);
            case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
            default -> null;
        };
    }

    private static LocalDate date(String written) {
        try {
            // Exports of other systems write a day as its midnight.
            String day = written.length() > 10 && written.substring(10).matches("[ T]00:00(:00(\\.0+)?)?Z?")
                    ? written.substring(0, 10)
                    : written;
            return inRange(LocalDate.parse(day));
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("must be a day such as 2026-11-20");
        }
    }

    private static Instant instant(String written) {
        String iso = written.length() > 10 && written.charAt(10) == ' '
                ? written.substring(0, 10) + "T" + written.substring(11)
                : written;
        try {
            if (iso.length() == 10) {
                return inRange(LocalDate.parse(iso)).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean zoned = iso.endsWith("Z") || iso.substring(11).matches(".*[+-]\\d\\d(:?\\d\\d)?");
            Instant instant = zoned
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            inRange(instant.atOffset(ZoneOffset.UTC).toLocalDate());
            return instant;
        } catch (DateTimeException | StringIndexOutOfBoundsException _) {
            throw new IllegalArgumentException("must be a time such as 2026-11-20T09:30:00Z");
        }
    }

    private static LocalDate inRange(LocalDate day) {
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("must lie between the years " + FIRST_YEAR + " and " + LAST_YEAR);
        }
        return day;
    }
}
