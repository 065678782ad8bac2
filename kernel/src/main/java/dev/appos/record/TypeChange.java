package dev.appos.record;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What it takes to turn a column of one type into another, types as `format_type` has them.
///
/// @param risk SAFE when nothing is read, LOCKING when all is rewritten, NEEDS_DATA when values may be too large,
///             DESTRUCTIVE when values have no meaning in the new type
/// @param fits the condition on `{0}`, the column, under which a value fits; present for NEEDS_DATA
/// @param using what makes the one value of the other, with `{0}` for the column; absent where PostgreSQL knows
record TypeChange(Risk risk, Optional<String> fits, Optional<String> using) {

    private static final Pattern TEXT = Pattern.compile("text|character varying(?:\\((\\d+)\\))?");
    private static final Pattern DECIMAL = Pattern.compile("numeric(?:\\((\\d+),(\\d+)\\))?");

    /// A day that there was, also in leap years.
    private static final String DAY = "^(?!0000)(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])"
            + "|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))"
            + "|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$";

    /// PostgreSQL's regular expressions repeat nothing more often.
    private static final int MOST_REPEATED = 255;

    private static final TypeChange SAFE = new TypeChange(Risk.SAFE, Optional.empty(), Optional.empty());
    private static final TypeChange REWRITE = new TypeChange(Risk.LOCKING, Optional.empty(), Optional.empty());
    private static final TypeChange OTHER = new TypeChange(Risk.DESTRUCTIVE, Optional.empty(), Optional.empty());

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
        if (fromNumber.isPresent() && toNumber.isPresent()) {
            return numbers(fromNumber.get(), toNumber.get(), to);
        }
        if (toText.matches()) {
            return spelled(from).map(using -> new TypeChange(
                    Risk.NEEDS_DATA, Optional.of("{0} is null or char_length(" + using + ") <= " + length(toText)),
                    Optional.of(using))).orElse(OTHER);
        }
        return fromText.matches() ? understood(to) : OTHER;
    }

    /// A value of this type as it stands in JSON.
    private static Optional<String> spelled(String from) {
        return switch (from) {
            case "integer", "bigint", "boolean", "uuid" -> Optional.of("{0}::text");
            case "date" -> Optional.of("to_char({0}, 'YYYY-MM-DD')");
            default -> DECIMAL.matcher(from).matches() ? Optional.of("{0}::text") : Optional.empty();
        };
    }

    /// A text as a value of this type: only where nobody could read it otherwise.
    private static TypeChange understood(String to) {
        Matcher decimal = DECIMAL.matcher(to);
        String form = switch (to) {
            case "integer" -> "^-?\\d{1,9}$";
            case "bigint" -> "^-?\\d{1,18}$";
            case "boolean" -> "^(true|false)$";
            case "date" -> DAY;
            case "uuid" -> "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
            case "numeric" -> "^-?\\d+(\\.\\d+)?$";
            default -> decimal.matches()
                    ? "^-?\\d{1,%d}(\\.\\d{1,%d})?$".formatted(
                            Math.max(1, Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2))),
                            Math.max(1, Integer.parseInt(decimal.group(2))))
                    : "";
        };
        boolean odd = decimal.matches() && decimal.group(1) != null
                && (decimal.group(2).equals("0") || Integer.parseInt(decimal.group(1)) > MOST_REPEATED);
        return form.isEmpty() || odd ? OTHER : new TypeChange(
                Risk.NEEDS_DATA, Optional.of("{0} is null or {0} ~ '" + form + "'"), Optional.of("{0}::" + to));    }

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
        return new TypeChange(Risk.NEEDS_DATA, Optional.of(fits), Optional.empty());
    }
}
