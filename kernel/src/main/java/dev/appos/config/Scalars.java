package dev.appos.config;

import dev.appos.base.Nearest;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns what is written into the value a key holds.
final class Scalars {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

    /// As much of a wrong value as a message repeats.
    private static final int LONGEST_QUOTE = 60;

    private Scalars() {}

    /// The value: a text, a `Long`, a `Double` or a `Boolean`; empty after a fault.
    ///
    /// @param fault takes the message and what to do
    static Optional<Object> of(Key key, String written, BiConsumer<String, String> fault) {
        return Optional.ofNullable(switch (key.type()) {
            case KeyType.Text text -> text(key, text, written, fault);
            case KeyType.Form form -> form(key, form, written, fault);
            case KeyType.Whole whole -> whole(key, whole, written, fault);
            case KeyType.Decimal decimal -> decimal(key, decimal, written, fault);
            case KeyType.Flag _ -> flag(key, written, fault);
            case KeyType.Choice choice -> choice(key, choice, written, fault);
            case KeyType.Groups _, KeyType.Access _, KeyType.Anything _ -> written;
        });
    }

    private static @Nullable Object text(
            Key key, KeyType.Text text, String written, BiConsumer<String, String> fault) {
        if (written.length() > text.most()) {
            fault.accept(key.path() + " has more than " + text.most() + " characters", "Write less.");
            return null;
        }
        return written;
    }

    private static @Nullable Object form(
            Key key, KeyType.Form form, String written, BiConsumer<String, String> fault) {
        if (!form.pattern().matcher(written).matches()) {
            fault.accept(key.path() + " is no " + form.what().replaceFirst("^an? ", ""),
                    "Write it like \"" + form.example() + "\", in quotes.");
            return null;
        }
        return written;
    }

    private static @Nullable Object whole(
            Key key, KeyType.Whole whole, String written, BiConsumer<String, String> fault) {
        if (!WHOLE.matcher(written).matches()) {
            return misfit(key, "a whole number", fault);
        }
        long number = Long.parseLong(written);
        return number >= whole.least() && number <= whole.most()
                ? (Object) number
                : outside(key, whole.least(), whole.most(), fault);
    }

    private static @Nullable Object decimal(
            Key key, KeyType.Decimal decimal, String written, BiConsumer<String, String> fault) {
        if (!NUMBER.matcher(written).matches()) {
            return misfit(key, "a number", fault);
        }
        double number = new BigDecimal(written).doubleValue();
        return number >= decimal.least() && number <= decimal.most()
                ? (Object) number
                : outside(key, decimal.least(), decimal.most(), fault);
    }

    private static @Nullable Object flag(Key key, String written, BiConsumer<String, String> fault) {
        return written.equals("true") || written.equals("false")
                ? (Object) written.equals("true")
                : misfit(key, "true or false", fault);
    }

    private static @Nullable Object choice(
            Key key, KeyType.Choice choice, String written, BiConsumer<String, String> fault) {
        if (!choice.of().contains(written)) {
            fault.accept(key.path() + " cannot be " + quote(written), Nearest.remedy(quote(written), choice.of()));
            return null;
        }
        return written;
    }

    private static @Nullable Object misfit(Key key, String wanted, BiConsumer<String, String> fault) {
        fault.accept(key.path() + " must be " + wanted, "Write " + key.path() + ": " + wanted + ".");
        return null;
    }

    private static @Nullable Object outside(
            Key key, Number least, Number most, BiConsumer<String, String> fault) {
        fault.accept(key.path() + " lies between " + plain(least) + " and " + plain(most),
                "Write a number in between.");
        return null;
    }

    /// Without `.0`.
    static String plain(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    static String quote(String written) {
        return written.length() <= LONGEST_QUOTE ? written : written.substring(0, LONGEST_QUOTE) + "…";
    }
}
