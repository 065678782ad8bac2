package dev.appos.record;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What it takes to turn a column of one type into another, types as `format_type` has them.
///
/// @param risk SAFE when nothing is read, LOCKING when all is rewritten, NEEDS_DATA when values may be too large,
///             DESTRUCTIVE when values have no meaning in the new type
/// @param fits the condition on `{0}`, the column, under which a value fits; present for NEEDS_DATA
record TypeChange(Risk risk, Optional<String> fits) {

    private static final Pattern TEXT = Pattern.compile("text|character varying(?:\\((\\d+)\\))?");
    private static final Pattern DECIMAL = Pattern.compile("numeric(?:\\((\\d+),(\\d+)\\))?");

    private static final TypeChange SAFE = new TypeChange(Risk.SAFE, Optional.empty());
    private static final TypeChange REWRITE = new TypeChange(Risk.LOCKING, Optional.empty());
    private static final TypeChange OTHER = new TypeChange(Risk.DESTRUCTIVE, Optional.empty());

    /// A number type by the most digits before and after the point.
    private record Digits(int integer, int fraction, boolean decimal) {}

    static TypeChange of(String from, String to) {
        Matcher fromText = TEXT.matcher(from);
        Matcher toText = TEXT.matcher(to);
        if (fromText.matches() && toText.matches()) {
            int before = length(fromText);
            int after = length(toText);
            return after >= before ? SAFE : needs("char_length({0}) <= " + after);
        }
        Optional<Digits> fromNumber = number(from);
        Optional<Digits> toNumber = number(to);
        return fromNumber.isPresent() && toNumber.isPresent() ? numbers(fromNumber.get(), toNumber.get(), to) : OTHER;
    }

    private static TypeChange numbers(Digits from, Digits to, String type) {
        if (to.integer() >= from.integer() && to.fraction() >= from.fraction()) {
            return from.decimal() && to.decimal() && to.fraction() == from.fraction() ? SAFE : REWRITE;
        }
        if (to.decimal()) {
            return needs("abs({0}) < 1e%d and round({0}, %d) = {0}".formatted(to.integer(), to.fraction()));
        }
        String bound = type.equals("integer") ? "2147483647" : "9223372036854775807";
        return needs("{0} between -%s and %s and trunc({0}) = {0}".formatted(bound, bound));
    }

    private static int length(Matcher text) {
        return text.group(1) == null ? Integer.MAX_VALUE : Integer.parseInt(text.group(1));
    }

    private static Optional<Digits> number(String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            if (decimal.group(1) == null) {
                return Optional.of(new Digits(Integer.MAX_VALUE, Integer.MAX_VALUE, true));
            }
            int fraction = Integer.parseInt(decimal.group(2));
            return Optional.of(new Digits(Integer.parseInt(decimal.group(1)) - fraction, fraction, true));
        }
        return switch (type) {
            case "integer" -> Optional.of(new Digits(10, 0, false));
            case "bigint" -> Optional.of(new Digits(19, 0, false));
            default -> Optional.empty();
        };
    }

    private static TypeChange needs(String fits) {
        return new TypeChange(Risk.NEEDS_DATA, Optional.of(fits));
    }
}
