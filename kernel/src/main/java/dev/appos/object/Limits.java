package dev.appos.object;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What values a field takes beyond its type.
///
/// @param notBlank  a text must hold a character that is not a space
/// @param email     a text must look like an e-mail address
/// @param minLength of a text, in characters
/// @param maxLength of a text, in characters; the length of the column
/// @param min       of a number
/// @param max       of a number
/// @param digits    of a decimal
/// @param pattern   that the whole text must match
public record Limits(
        boolean notBlank,
        boolean email,
        OptionalInt minLength,
        OptionalInt maxLength,
        OptionalLong min,
        OptionalLong max,
        Optional<Digits> digits,
        Optional<Pattern> pattern) {

    public static final Limits NONE = new Limits(
            false, false, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty(),
            Optional.empty(), Optional.empty());

    /// Digits before and after the decimal point.
    public record Digits(int integer, int fraction) {}

    /// A regular expression, and what to say when it does not match (maybe empty).
    public record Pattern(String regex, String message) {}
}
