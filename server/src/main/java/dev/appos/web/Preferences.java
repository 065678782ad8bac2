package dev.appos.web;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.util.Set;

/// What the `Prefer` header asks for (RFC 7240, with PostgREST's words).
///
/// @param representation whether a change answers with the records
/// @param count          whether the number of all records that fit is wanted
/// @param merges         whether new records may replace old ones
record Preferences(boolean representation, boolean count, boolean merges) {

    private static final Set<String> WORDS = Set.of("return", "count", "resolution", "missing", "handling", "tx");

    static Preferences of(Request request) {
        boolean representation = false;
        boolean count = false;
        boolean merges = false;
        for (String preference : request.header("Prefer").orElse("").split(",")) {
            String[] parts = preference.strip().split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            switch (parts[0]) {
                case "return" -> representation = value.equals("representation");
                case "count" -> count = Set.of("exact", "planned", "estimated").contains(value);
                case "resolution" -> merges = true;
                case "" -> { }
                default -> {
                    if (!WORDS.contains(parts[0])) {
                        throw Refusal.malformed(
                                "Prefer: " + parts[0] + " is not understood.", Nearest.remedy(parts[0], WORDS));
                    }
                }
            }
        }
        return new Preferences(representation, count, merges);
    }
}
