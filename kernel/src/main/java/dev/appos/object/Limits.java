package dev.appos.object;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/// What values a field takes beyond its type.
///
/// @param notBlank  a text must hold a character that is not a space
/// @param email     a text must look like an e-mail address
/// @param minLength of a text, in characters; of a list or map, in elements
/// @param maxLength of a text, in characters, which is the length of the column; of a list, in elements
/// @param min       of a number
/// @param max       of a number
/// @param digits    of a decimal
/// @param pattern   that the whole text must match
/// @param tense     of a day or time, when it is written
public record Limits(
        boolean notBlank,
        boolean email,
        OptionalInt minLength,
        OptionalInt maxLength,
        Optional<Bound> min,
        Optional<Bound> max,
        Optional<Digits> digits,
        Optional<Pattern> pattern,
        Optional<Tense> tense) {

    public static final Limits NONE = new Limits(
            false, false, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty());

    /// A currency of ISO 4217.
    public static final Limits CURRENCY = new Limits(
            false, false, OptionalInt.empty(), OptionalInt.of(3), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.of(new Pattern("[A-Z]{3}", "must be a currency such as EUR")),
            Optional.empty());

    /// The last number on one side.
    ///
    /// @param inclusive whether it is allowed itself
    public record Bound(BigDecimal value, boolean inclusive) {

        /// A whole number that is allowed itself.
        public static Bound of(long value) {
            return new Bound(BigDecimal.valueOf(value), true);
        }

        /// Whether the number is not below this.
        public boolean admitsFromBelow(BigDecimal number) {
            return number.compareTo(value) >= (inclusive ? 0 : 1);
        }

        /// Whether the number is not above this.
        public boolean admitsFromAbove(BigDecimal number) {
            return number.compareTo(value) <= (inclusive ? 0 : -1);
        }
    }

    /// Digits before and after the decimal point.
    public record Digits(int integer, int fraction) {}

    /// A regular expression, and what to say when it does not match (maybe empty).
    public record Pattern(String regex, String message) {}

    /// Where a day or time lies, seen from when it is written.
    public enum Tense {
        PAST("must lie in the past"),
        PAST_OR_PRESENT("must not lie in the future"),
        FUTURE("must lie in the future"),
        FUTURE_OR_PRESENT("must not lie in the past");

        private final String demand;

        Tense(String demand) {
            this.demand = demand;
        }

        /// What to say where it does not, as the end of a sentence.
        public String demand() {
            return demand;
        }

        /// Whether something that compares so with the present lies there.
        public boolean admits(int compared) {
            return switch (this) {
                case PAST -> compared < 0;
                case PAST_OR_PRESENT -> compared <= 0;
                case FUTURE -> compared > 0;
                case FUTURE_OR_PRESENT -> compared >= 0;
            };
        }
    }
}
