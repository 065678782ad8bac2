package dev.appos.govern;

import java.util.Locale;

/// Wildcards: `*` is any text, also none and also with dots; everything else is itself. Case does not matter.
///
/// Matching takes time in proportion to both lengths at worst, whatever the pattern.
final class Glob {

    private Glob() {}

    /// Whether the whole text fits.
    static boolean matches(String pattern, String text) {
        String p = pattern.toLowerCase(Locale.ROOT);
        String t = text.toLowerCase(Locale.ROOT);
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < t.length()) {
            if (at < p.length() && p.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < p.length() && p.charAt(at) == t.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < p.length() && p.charAt(at) == '*') {
            at++;
        }
        return at == p.length();
    }

    /// Whether an action fits: `crm.records.customer` also means everything done to it.
    static boolean action(String pattern, String action) {
        return matches(pattern, action) || pattern.indexOf('*') < 0 && matches(pattern + ".*", action);
    }
}
