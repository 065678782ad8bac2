package dev.appos.base;

import java.util.Locale;
import java.util.regex.Pattern;

/// One name on every shelf: how a Java name reads in a table, in an address and to a person.
public final class Names {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Names() {}

    /// `customerLtv` and `CustomerLtv` become `customer_ltv`.
    public static String snake(String javaName) {
        return HUMP.matcher(javaName).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /// `customer_ltv` becomes `customerLtv`.
    public static String camel(String snake) {
        StringBuilder out = new StringBuilder();
        for (String part : snake.split("_")) {
            out.append(out.isEmpty() ? part : capital(part));
        }
        return out.toString();
    }

    /// The name of a table and of a REST resource: `media_type` becomes `media_types`, `company` `companies`.
    public static String plural(String name) {
        if (name.endsWith("y") && name.length() > 1 && "aeiou".indexOf(name.charAt(name.length() - 2)) < 0) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        if (name.endsWith("s") || name.endsWith("x") || name.endsWith("z") || name.endsWith("ch")
                || name.endsWith("sh")) {
            return name + "es";
        }
        return name + "s";
    }

    /// What a person reads: `support_rep` becomes `Support rep`.
    public static String label(String snake) {
        return capital(snake.replace('_', ' '));
    }

    /// `customer` becomes `Customer`.
    public static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
