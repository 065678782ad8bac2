package dev.appos.web;

import java.util.Arrays;

/// Versions of a record as entity tags (RFC 9110).
final class Tags {

    private Tags() {}

    static String of(Object version) {
        return "\"" + version + "\"";
    }

    /// Whether `If-None-Match` names this tag: it may list several, weak ones too, or any.
    static boolean none(String header, String tag) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }
}
