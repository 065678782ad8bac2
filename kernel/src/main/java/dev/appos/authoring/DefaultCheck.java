package dev.appos.authoring;

import dev.appos.base.Nearest;
import dev.appos.object.Limits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells whether the text of a `@Default` is a value its field may hold.
final class DefaultCheck {

    /// Why it is not, and what to write.
    record Fault(String message, String remedy) {}

    private DefaultCheck() {}

    static Optional<Fault> fault(String text, ValueShape value, Limits limits) {
        return switch (value.type()) {
            case TEXT -> text(text, limits);
            case INTEGER -> parsed(text, "an int", "5", () -> number(new BigDecimal(Integer.parseInt(text)), limits));
            case LONG -> parsed(text, "a long", "5", () -> number(new BigDecimal(Long.parseLong(text)), limits));
            case DECIMAL -> parsed(text, "a decimal", "0.00", () -> number(new BigDecimal(text), limits));
            case BOOLEAN -> text.equals("true") || text.equals("false")
                    ? Optional.empty()
                    : Optional.of(new Fault(quoted(text) + " is no boolean", "Write true or false."));
            case DATE -> parsed(text, "a date", "2026-01-31", () -> fits(LocalDate.parse(text)));
            case INSTANT -> parsed(text, "an instant", "2026-01-31T12:00:00Z", () -> fits(Instant.parse(text)));
            case TIME -> parsed(text, "a time of day", "09:30", () -> fits(LocalTime.parse(text)));
            case DURATION -> parsed(text, "a duration", "PT1H30M", () -> fits(Duration.parse(text)));
            case CHOICE -> value.choices().contains(text)
                    ? Optional.empty()
                    : Optional.of(new Fault(quoted(text) + " is none of the choices",
                            Nearest.remedy(text, value.choices())));
            case LIST, MAP, REFERENCE, UUID -> Optional.of(new Fault(
                    "lists, maps, references and UUIDs have no default", "Take @Default away."));
        };
    }

    private static Optional<Fault> text(String text, Limits limits) {
        int length = text.codePointCount(0, text.length());
        boolean fits = length >= limits.minLength().orElse(0)
                && length <= limits.maxLength().orElse(Integer.MAX_VALUE)
                && !(limits.notBlank() && text.isBlank());
        return fits ? Optional.empty()
                : Optional.of(new Fault(quoted(text) + " breaks the field's own limits", "Make it fit them."));
    }

    private static Optional<Fault> number(BigDecimal number, Limits limits) {
        boolean aboveMin = limits.min().map(min -> min.admitsFromBelow(number)).orElse(true);
        boolean belowMax = limits.max().map(max -> max.admitsFromAbove(number)).orElse(true);
        boolean exact = limits.digits().map(d -> number.stripTrailingZeros().scale() <= d.fraction()).orElse(true);
        boolean fits = aboveMin && belowMax && exact;
        return fits ? Optional.empty()
                : Optional.of(new Fault(number + " breaks the field's own limits", "Make it fit them."));
    }

    private static Optional<Fault> parsed(
            String text, String what, String example, Supplier<Optional<Fault>> read) {
        try {
            return read.get();
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.of(new Fault(quoted(text) + " is not " + what, "Write it like " + example + "."));
        }
    }

    /// Whatever could be parsed fits.
    private static Optional<Fault> fits(Object parsed) {
        return Optional.empty();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
