package dev.appos.base;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an object everywhere: `crm.records.customer`.
///
/// @param app  the app, or [#PLATFORM]
/// @param kind the shelf: `records`, `rules`, `constants`, `processes`, `interfaces`, `pages`
/// @param name unique on its shelf
public record Ref(String app, String kind, String name) implements Comparable<Ref> {

    /// The app that the platform's own objects belong to.
    public static final String PLATFORM = "platform";

    /// The longest reference; the grants table holds no longer one.
    public static final int LONGEST = 255;

    private static final Pattern PART = Pattern.compile("[a-z][a-z0-9_]*");

    public Ref {
        if (!valid(app) || !valid(kind) || !valid(name)) {
            throw new IllegalArgumentException("not a reference: " + app + "." + kind + "." + name);
        }
    }

    /// Reads `app.kind.name`; empty when the text has another form.
    public static Optional<Ref> parse(String text) {
        String[] parts = text.split("\\.", -1);
        boolean fits = parts.length == 3 && text.length() <= LONGEST;
        return fits && valid(parts[0]) && valid(parts[1]) && valid(parts[2])
                ? Optional.of(new Ref(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    /// Reads a reference that is known to have the right form.
    ///
    /// @throws Refusal if it has not
    public static Ref of(String text) {
        return parse(text).orElseThrow(() -> Refusal.notFound("object called " + text));
    }

    /// What kind of object it names, as a word: `record`, `process`.
    public String type() {
        if (kind.equals("processes")) {
            return "process";
        }
        // Asked for with every line of the log, so without a pattern.
        return kind.endsWith("s") ? kind.substring(0, kind.length() - 1) : kind;
    }

    private static boolean valid(String part) {
        return PART.matcher(part).matches();
    }

    @Override
    public int compareTo(Ref other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return app + "." + kind + "." + name;
    }
}
