package dev.appos.govern;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A test of one argument: `amount gt 100`.
///
/// Numbers are compared as numbers however they were written, everything else as text. An argument that is missing
/// fails every test but `exists: false`; where any record may be meant it is [Outcome#UNCLEAR], and so is a value that
/// cannot be compared at all.
///
/// @param path the argument, with dots into objects; a list on the way means any of its elements
record Condition(String path, Op op, Object operand) {

    /// The closed list of tests.
    enum Op {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE,
        IN,
        CONTAINS,
        MATCHES,
        EXISTS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Outcome {
        YES,
        NO,
        /// A rule that restricts takes it for yes, a rule that allows for no.
        UNCLEAR
    }

    /// Longer texts are not read as numbers.
    private static final int LONGEST_NUMBER = 200;

    /// @param bulk whether the values are about whatever record fits, so that what they do not say can be anything
    Outcome test(Map<String, ?> values, boolean bulk) {
        List<String> names = List.of(path.split("\\."));
        if (bulk && (names.isEmpty() || !values.containsKey(names.getFirst()))) {
            return Outcome.UNCLEAR;
        }
        List<Object> found = new ArrayList<>();
        collect(values, names, found);
        if (op == Op.EXISTS) {
            return !found.isEmpty() == operand.equals(true) ? Outcome.YES : Outcome.NO;
        }
        Outcome outcome = Outcome.NO;
        for (Object value : found) {
            switch (test(value)) {
                case YES -> {
                    return Outcome.YES;
                }
                case UNCLEAR -> outcome = Outcome.UNCLEAR;
                case NO -> { }
            }
        }
        return outcome;
    }

    private static void collect(@Nullable Object value, List<String> path, List<Object> found) {
        if (value instanceof List<?> list && !path.isEmpty()) {
            list.forEach(each -> collect(each, path, found));
        } else if (path.isEmpty()) {
            if (value != null) {
                found.add(value);
            }
        } else if (value instanceof Map<?, ?> map) {
            collect(map.get(path.getFirst()), path.subList(1, path.size()), found);
        }
    }

    private Outcome test(Object value) {
        return switch (op) {
            case EQ -> of(equal(value, operand));
            case NE -> of(!equal(value, operand));
            case GT -> order(value).map(order -> of(order > 0)).orElse(Outcome.UNCLEAR);
            case GTE -> order(value).map(order -> of(order >= 0)).orElse(Outcome.UNCLEAR);
            case LT -> order(value).map(order -> of(order < 0)).orElse(Outcome.UNCLEAR);
            case LTE -> order(value).map(order -> of(order <= 0)).orElse(Outcome.UNCLEAR);
            case IN -> of(((List<?>) operand).stream().anyMatch(each -> equal(value, each)));
            case CONTAINS -> value instanceof List<?> list
                    ? of(list.stream().anyMatch(each -> equal(each, operand)))
                    : of(Texts.normal(String.valueOf(value)).contains(Texts.normal(String.valueOf(operand))));
            case MATCHES -> of(Glob.matches(String.valueOf(operand), String.valueOf(value)));
            case EXISTS -> throw new IllegalStateException("asked before");
        };
    }

    private static Outcome of(boolean yes) {
        return yes ? Outcome.YES : Outcome.NO;
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        Optional<BigDecimal> left = number(a);
        Optional<BigDecimal> right = number(b);
        return left.isPresent() && right.isPresent()
                ? left.get().compareTo(right.get()) == 0
                : String.valueOf(a).equals(String.valueOf(b));
    }

    private Optional<Integer> order(Object value) {
        Optional<BigDecimal> left = number(value);
        Optional<BigDecimal> right = number(operand);
        if (left.isPresent() && right.isPresent()) {
            return Optional.of(left.get().compareTo(right.get()));
        }
        boolean texts = !(value instanceof List<?>) && !(value instanceof Map<?, ?>) && !(value instanceof Boolean)
                && left.isEmpty() && right.isEmpty();
        return texts ? Optional.of(String.valueOf(value).compareTo(String.valueOf(operand))) : Optional.empty();
    }

    /// Whether this is a number that can be compared: one with more digits than a person can mean is not.
    static boolean bounded(@Nullable Object value) {
        if (!(value instanceof BigDecimal number)) {
            return !(value instanceof BigInteger whole) || whole.bitLength() < LONGEST_NUMBER;
        }
        return Math.abs((long) number.scale()) <= LONGEST_NUMBER && number.precision() <= LONGEST_NUMBER;
    }

    private static Optional<BigDecimal> number(@Nullable Object value) {
        if (!(value instanceof Number) && !(value instanceof String)) {
            return Optional.empty();
        }
        String written = value.toString().strip();
        if (written.isEmpty() || written.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(written);
            return bounded(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
