package dev.appos.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What a misspelt word probably meant.
public final class Nearest {

    private Nearest() {}

    /// The known word closest to `written`, if one is close enough to be worth naming.
    public static Optional<String> of(String written, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String word) -> distance(written, word)).thenComparing(word -> word))
                .filter(word -> distance(written, word) <= 1 + written.length() / 3);
    }

    /// `Did you mean X?` or the list of what is known.
    public static String remedy(String written, Collection<String> known) {
        return of(written, known)
                .map(word -> "Did you mean " + word + "?")
                .orElse("Known: " + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    /// The number of letters to add, drop or change (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
