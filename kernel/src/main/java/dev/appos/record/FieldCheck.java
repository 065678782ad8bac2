package dev.appos.record;

import dev.appos.base.Plain;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a value may stand in a field: its type, then everything its definition says.
final class FieldCheck {

    /// PostgreSQL cannot index longer values, in bytes.
    static final int LONGEST_KEY = 2500;

    /// Years before Christ lose their sign on the way through the driver.
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    /// The days between these came out as others: the driver's calendar leaves them out.
    private static final LocalDate LAST_JULIAN = LocalDate.of(1582, 10, 4);
    private static final LocalDate FIRST_GREGORIAN = LocalDate.of(1582, 10, 15);

    private static final Instant FIRST_TIME = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final int LONGEST_EMAIL = 254;

    /// Deliberately plain: one `@`, no spaces, a dot in the host. Whether it is read by anyone only a mail can tell.
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");

    private FieldCheck() {}

    /// What is wrong with a value.
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1;

        private final String code;

        Wrong(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /// The word programs can switch on: `max_length`.
        String code() {
            return code;
        }
    }

    /// The value as it will be stored.
    ///
    /// @param longest the most bytes of a text, because of an index
    static Object of(Column column, FieldDefinition field, int longest, Object given) throws Wrong {
        Object value = typed(column, given);
        switch (value) {
            case String text -> text(column, field.limits(), longest, text);
            case Integer number -> range(field.limits(), BigDecimal.valueOf(number));
            case Long number -> range(field.limits(), BigDecimal.valueOf(number));
            case BigDecimal number -> {
                range(field.limits(), number);
                digits(field.limits(), number);
            }
            case List<?> list -> size(field.limits(), list.size());
            case Map<?, ?> map -> size(field.limits(), map.size());
            default -> { }
        }
        return value;
    }

    private static Object typed(Column column, Object given) throws Wrong {
        try {
            if (column.type().json()) {
                Object json = Values.convert(column.type(), column.choices(), given);
                return JsonCheck.of(json instanceof List<?> list ? elements(column, list) : Plain.of(json));
            }
            return exact(Values.convert(column.type(), column.choices(), given));
        } catch (IllegalArgumentException e) {
            String code = column.choices().isEmpty() ? "type" : "choice";
            throw new Wrong(code, String.valueOf(e.getMessage()));
        }
    }

    /// A list whose elements are of one type is as strict as a field of that type.
    private static Object elements(Column column, List<?> list) {
        Optional<ValueType> element = column.field().flatMap(FieldDefinition::element);
        if (element.isEmpty()) {
            return Plain.of(list);
        }
        List<Object> typed = new ArrayList<>(list.size());
        for (Object each : list) {
            if (each == null) {
                throw new IllegalArgumentException("must not hold null");
            }
            try {
                typed.add(exact(Values.convert(element.get(), column.choices(), each)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "holds at place " + (typed.size() + 1) + " what " + e.getMessage(), e);
            }
        }
        return typed;
    }

    private static void size(Limits limits, int size) throws Wrong {
        if (size < limits.minLength().orElse(0)) {
            throw new Wrong("min_length", "must hold at least " + limits.minLength().getAsInt());
        }
        if (size > limits.maxLength().orElse(Integer.MAX_VALUE)) {
            throw new Wrong("max_length", "must hold at most " + limits.maxLength().getAsInt());
        }
    }

    /// A day or a time as PostgreSQL and its driver keep it, so that what comes back equals what was given.
    ///
    /// @throws IllegalArgumentException if they would not
    static Object exact(Object value) {
        Object exact = value instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MICROS) : value;
        if (exact instanceof LocalDate day && day.isBefore(FIRST_DAY)
                || exact instanceof Instant time && time.isBefore(FIRST_TIME)) {
            throw new IllegalArgumentException("must not lie before the year 1");
        }
        if (exact instanceof LocalDate day && day.isAfter(LAST_JULIAN) && day.isBefore(FIRST_GREGORIAN)) {
            throw new IllegalArgumentException("must not be one of the ten days that October 1582 did not have");
        }
        return exact;
    }

    private static void text(Column column, Limits limits, int longest, String text) throws Wrong {
        int length = text.codePointCount(0, text.length());
        if (limits.notBlank() && text.isBlank()) {
            throw new Wrong("not_blank", "must not be blank");
        }
        if (length < limits.minLength().orElse(0)) {
            throw new Wrong("min_length", "must have at least " + limits.minLength().getAsInt() + " characters");
        }
        if (length > limits.maxLength().orElse(Integer.MAX_VALUE)) {
            throw new Wrong("max_length", "must have at most " + limits.maxLength().getAsInt() + " characters");
        }
        if (length > longest / 4 && text.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new Wrong("max_length", "must be shorter, because it is unique");
        }
        if (limits.email() && (length > LONGEST_EMAIL || !EMAIL.matcher(text).matches())) {
            throw new Wrong("email", "must be an e-mail address such as ana@example.com");
        }
        if (column.pattern().isPresent() && !matches(column.pattern().get(), text)) {
            Limits.Pattern pattern = limits.pattern().orElseThrow();
            String message = pattern.message().isBlank() ? "must match " + pattern.regex() : pattern.message();
            throw new Wrong("pattern", message);
        }
    }

    private static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(text).matches();
        } catch (StackOverflowError _) {
            // Java's matcher recurses; a text that takes it so deep does not fit any sensible pattern.
            return false;
        }
    }

    private static void range(Limits limits, BigDecimal number) throws Wrong {
        if (limits.min().isPresent() && !limits.min().get().admitsFromBelow(number)) {
            Limits.Bound min = limits.min().get();
            throw new Wrong("min", "must be " + (min.inclusive() ? "at least " : "greater than ")
                    + min.value().toPlainString());
        }
        if (limits.max().isPresent() && !limits.max().get().admitsFromAbove(number)) {
            Limits.Bound max = limits.max().get();
            throw new Wrong("max", "must be " + (max.inclusive() ? "at most " : "less than ")
                    + max.value().toPlainString());
        }
    }

    private static void digits(Limits limits, BigDecimal given) throws Wrong {
        if (limits.digits().isEmpty()) {
            return;
        }
        Limits.Digits digits = limits.digits().get();
        BigDecimal number = given.stripTrailingZeros();
        int integer = number.signum() == 0 ? 0 : number.precision() - number.scale();
        if (integer > digits.integer() || number.scale() > digits.fraction()) {
            throw new Wrong("digits", "must have at most %d digits before and %d after the decimal point"
                    .formatted(digits.integer(), digits.fraction()));
        }
    }
}
