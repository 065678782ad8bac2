package dev.appos.insight;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A question in the form in which it is answered.
///
/// @param ref    the object, or a field of a record, it is about
/// @param window how far back
/// @param note   how a free text was understood, if that is not obvious
record Question(Kind kind, Optional<String> ref, Duration window, Optional<String> note) {

    static final Duration USUAL = Duration.ofDays(1);
    static final Duration USUAL_CHANGES = Duration.ofDays(7);
    static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,5})([mhdw])");

    /// A typed question.
    ///
    /// @throws Refusal naming the nearest type, or how a window is written
    static Question typed(String type, Optional<String> ref, Optional<String> window) {
        List<String> known = Kind.askable().stream().map(Kind::word).toList();
        Kind kind = Kind.of(type).filter(each -> each != Kind.UNKNOWN).orElseThrow(() -> Refusal.invalid(
                "The question", "/type", "unknown", "\"" + type + "\" cannot be asked. "
                        + Nearest.remedy(type, known)));
        if (kind == Kind.IMPACT_ANALYSIS && ref.isEmpty()) {
            throw Refusal.invalid("The question", "/ref", "required", "must name the object that would change");
        }
        return new Question(kind, ref, window.map(Question::window).orElse(usual(kind)), Optional.empty());
    }

    static Duration usual(Kind kind) {
        return kind == Kind.CHANGE_REPORT ? USUAL_CHANGES : USUAL;
    }

    private static Duration window(String written) {
        Matcher parts = WINDOW.matcher(written);
        Duration window = parts.matches() ? length(Integer.parseInt(parts.group(1)), parts.group(2)) : Duration.ZERO;
        if (window.isZero() || window.compareTo(LONGEST) > 0) {
            throw Refusal.invalid(
                    "The question", "/window", "form", "must be like 30m, 24h, 7d or 4w, and at most "
                            + LONGEST.toDays() + "d");
        }
        return window;
    }

    /// So many minutes, hours, days or weeks, by the first letter of their name.
    static Duration length(int number, String unit) {
        return switch (unit.charAt(0)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofDays(7L * number);
        };
    }

    /// The typed form of it: `{type, ref, window}`, as it can be sent.
    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("type", kind.word());
        values.put("ref", ref.orElse(null));
        values.put("window", kind == Kind.UNKNOWN ? null : written());
        note.ifPresent(text -> values.put("note", text));
        return values;
    }

    private String written() {
        long minutes = window.toMinutes();
        if (minutes % (24 * 60) == 0) {
            return minutes / (24 * 60) + "d";
        }
        return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
}
