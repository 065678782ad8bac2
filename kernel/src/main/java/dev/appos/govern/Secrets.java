package dev.appos.govern;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps secrets out of what people are shown to decide on.
final class Secrets {

    private static final Pattern NAME = Pattern.compile("(?i).*(password|secret|token|api_?key|credential).*");
    private static final String HIDDEN = "***";

    private Secrets() {}

    /// The same values with those hidden that stand under the name of a secret.
    static Map<String, Object> hidden(Map<String, ?> values) {
        Map<String, Object> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> shown.put(name, NAME.matcher(name).matches() ? HIDDEN : hide(value)));
        return shown;
    }

    private static @Nullable Object hide(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, Object> texts = new LinkedHashMap<>();
                map.forEach((key, each) -> texts.put(String.valueOf(key), each));
                yield hidden(texts);
            }
            case List<?> list -> list.stream().map(Secrets::hide).toList();
            default -> value;
        };
    }
}
