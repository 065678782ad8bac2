package dev.appos.trace;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps secrets, and what could forge a line or drive a terminal, out of the log.
///
/// Every entry passes here on its way to its file. The words of an exception are left out, because app code puts what
/// it was given into them; their length is said. A field whose name says that it is a secret is masked, and so is what
/// looks like one inside any other text.
public final class Redaction {

    /// What the platform runs with.
    public static final Redaction ON = new Redaction(true);

    /// The field that holds the words of an exception ([Faults#of]).
    static final String WORDS = "fault_message";

    private static final String MASK = "***";

    /// A longer text is cut: a line is read by people.
    private static final int LONGEST = 4_000;

    private static final int DEEPEST = 8;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass(word|wd|phrase)?|pwd|secret|token|authorization|cookie|api_?key|private_?key|credentials?|otp"
                    + "|.*_(password|secret|token|api_?key|cookie)|(set|x)[-_](cookie|api[-_]key|csrf[-_]token)",
            Pattern.CASE_INSENSITIVE);

    /// What looks like a secret: the first group stays, the rest is masked.
    private static final List<Pattern> SECRETS = List.of(
            // Addresses with a user and a password: jdbc:postgresql://user:secret@host.
            Pattern.compile("(://)[^\\s/@:]*:[^\\s/@]+(?=@)"),
            Pattern.compile("(\\bappos_)[0-9a-f]{12}_[A-Za-z0-9_-]{64}"),
            Pattern.compile("(\\b(?:bearer|basic) )[A-Za-z0-9._~+/=-]{6,}", Pattern.CASE_INSENSITIVE),
            Pattern.compile(
                    "((?:password|passwd|pwd|secret|token|api[-_]?key|authorization|cookie|session)[\"']?\\s{0,3}[=:]"
                            + "\\s{0,3}[\"']?)(?!(?:bearer|basic) )[^\\s,;&\"']{3,}",
                    Pattern.CASE_INSENSITIVE));

    /// The names that most lines have.
    private static final Set<String> KNOWN = Set.of(
            "event", "execution_id", "object_ref", "app", "user_id", "action", "duration_ms", "success", "query_count",
            "record_id", "operation", "fields_changed", "dependencies_accessed", "step_name", "process_instance_id");

    private final boolean on;

    private Redaction(boolean on) {
        this.on = on;
    }

    /// Masks nothing: only for the test that shows that there is something to mask.
    static Redaction off() {
        return new Redaction(false);
    }

    /// The same fields without what must not be in a log.
    Map<String, Object> of(Map<String, Object> fields) {
        Map<String, Object> clean = LinkedHashMap.newLinkedHashMap(fields.size());
        into(clean, fields);
        return clean;
    }

    /// Puts the fields into a line, without what must not be in a log.
    void into(Map<String, Object> line, Map<String, Object> fields) {
        fields.forEach((name, value) -> put(line, name, value, 0));
    }

    private void put(Map<String, Object> clean, String name, @Nullable Object value, int depth) {
        if (on && name.equals(WORDS)) {
            clean.put(WORDS, "(" + String.valueOf(value).length() + " characters left out)");
        } else if (on && secret(name) && value instanceof String) {
            clean.put(text(name), MASK);
        } else {
            clean.put(text(name), value(value, depth));
        }
    }

    private @Nullable Object value(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String text -> text(text);
            case Map<?, ?> map when depth < DEEPEST -> {
                Map<String, Object> clean = new LinkedHashMap<>();
                map.forEach((name, each) -> put(clean, String.valueOf(name), each, depth + 1));
                yield clean;
            }
            case Collection<?> list when depth < DEEPEST -> list.stream().map(each -> value(each, depth + 1)).toList();
            case Number number -> number;
            case Boolean truth -> truth;
            default -> text(value.toString());
        };
    }

    private static boolean secret(String name) {
        return !KNOWN.contains(name) && SECRET_NAME.matcher(name).matches();
    }

    /// The text on one line, for a terminal and for every JSON reader, with what looks like a secret masked.
    String text(String text) {
        String plain = harmless(text);
        if (!on || (plain.indexOf(':') < 0 && plain.indexOf('=') < 0 && plain.indexOf(' ') < 0
                && !plain.contains("appos_"))) {
            return plain;
        }
        for (Pattern secret : SECRETS) {
            plain = secret.matcher(plain).replaceAll("$1" + MASK);
        }
        return plain;
    }

    /// Line breaks and the rest of what JSON escapes are left to JSON. What it does not escape and a terminal or a
    /// stricter reader would stumble over becomes a replacement character.
    private static String harmless(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        int first = firstOdd(cut);
        if (first < 0) {
            return cut;
        }
        StringBuilder plain = new StringBuilder(cut);
        for (int i = first; i < plain.length(); i++) {
            if (odd(plain, i)) {
                plain.setCharAt(i, '\ufffd');
            } else if (Character.isHighSurrogate(plain.charAt(i))) {
                i++;
            }
        }
        return plain.toString();
    }

    private static int firstOdd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x7f && odd(text, i)) {
                return i;
            }
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        return -1;
    }

    private static boolean odd(CharSequence text, int at) {
        char c = text.charAt(at);
        boolean whole = Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : !Character.isLowSurrogate(c);
        return !whole
                || c >= 0x7f && c <= 0x9f
                || c == '\u2028' || c == '\u2029'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }
}
