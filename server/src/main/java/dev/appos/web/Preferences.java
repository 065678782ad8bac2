package dev.appos.web;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the `Prefer` header asks for (RFC 7240, with PostgREST's words and three of our own: `return=results`, `atomic`
/// and `tx=rollback` for a trial). What is not understood is refused.
///
/// @param words as they were sent, by name
record Preferences(Map<String, String> words) {

    /// What a change answers with.
    enum Return {
        /// That it was done.
        MINIMAL,
        /// Where the new record is.
        HEADERS_ONLY,
        /// The records.
        REPRESENTATION,
        /// What became of each row.
        RESULTS
    }

    /// The values of each word; a word with none takes any.
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "return", Set.of("minimal", "headers-only", "representation", "results"),
            "count", Set.of("exact", "planned", "estimated", "none"),
            "resolution", Set.of("merge-duplicates", "ignore-duplicates", "merge-fields"),
            "missing", Set.of("default"),
            "handling", Set.of("strict", "lenient"),
            "tx", Set.of("commit", "rollback"),
            "atomic", Set.of("true", "false"),
            "max-affected", Set.of());

    static Preferences of(Request request) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String header : request.headers("Prefer")) {
            for (String preference : header.split(",")) {
                String[] parts = preference.strip().split("\\s*=\\s*", 2);
                if (!parts[0].isEmpty()) {
                    String value = parts.length == 2 ? parts[1].split(";", 2)[0].strip().replace("\"", "") : "";
                    check(parts[0], value);
                    // The first one counts (RFC 7240).
                    words.putIfAbsent(parts[0], value);
                }
            }
        }
        return new Preferences(words);
    }

    private static void check(String word, String value) {
        Set<String> values = KNOWN.get(word);
        if (values == null) {
            throw Refusal.malformed(
                    "Prefer: " + word + " is not understood.", Nearest.remedy(word, KNOWN.keySet()));
        }
        if (!values.isEmpty() && !values.contains(value)) {
            throw Refusal.malformed(
                    "Prefer: " + word + "=" + value + " is not understood.", Nearest.remedy(value, values));
        }
    }

    private boolean is(String word, String value) {
        return value.equals(words.get(word));
    }

    Return answer() {
        return switch (words.getOrDefault("return", "minimal")) {
            case "representation" -> Return.REPRESENTATION;
            case "headers-only" -> Return.HEADERS_ONLY;
            case "results" -> Return.RESULTS;
            default -> Return.MINIMAL;
        };
    }

    /// Whether the number of all records that fit is wanted.
    boolean count() {
        return !words.getOrDefault("count", "none").equals("none");
    }

    /// Whether new records may meet old ones with the same key: `true` changes those, `false` leaves them alone.
    Optional<Boolean> merges() {
        return Optional.ofNullable(words.get("resolution"))
                .filter(word -> !word.equals("merge-fields"))
                .map("merge-duplicates"::equals);
    }

    /// Whether a change may go beside changes that others made to other fields.
    boolean mergesFields() {
        return is("resolution", "merge-fields");
    }

    /// Whether a column that a row leaves out gets its default although `columns` lists it.
    boolean missingDefault() {
        return is("missing", "default");
    }

    /// Whether nothing of it is to be kept.
    boolean trial() {
        return is("tx", "rollback");
    }

    /// Whether rows that are refused leave the others alone.
    boolean each() {
        return is("atomic", "false");
    }

    /// The most records a change may touch.
    int most() {
        String written = words.get("max-affected");
        if (written == null) {
            return Integer.MAX_VALUE;
        }
        if (!written.matches("\\d{1,9}")) {
            throw Refusal.malformed(
                    "Prefer: max-affected=" + written + " is not understood.", "Write a whole number.");
        }
        return Integer.parseInt(written);
    }

    /// Those that were followed, for the header that says so.
    String applied(String... followed) {
        List<String> applied = new ArrayList<>();
        for (String word : followed) {
            if (words.containsKey(word)) {
                applied.add(word + "=" + words.get(word));
            }
        }
        return String.join(", ", applied);
    }
}
