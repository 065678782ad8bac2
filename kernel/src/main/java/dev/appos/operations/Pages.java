package dev.appos.operations;

import dev.appos.base.Plain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lists in the form `{items, next}`: `next` is what to send as `cursor` for the following page, null on the last.
final class Pages {

    private Pages() {}

    /// A page out of one item more than fits, if there are so many.
    static <T> Map<String, @Nullable Object> of(List<T> found, int limit, Function<T, Object> cursor) {
        boolean more = found.size() > limit;
        List<T> items = more ? found.subList(0, limit) : found;
        return of(items, more ? String.valueOf(cursor.apply(items.getLast())) : null);
    }

    /// A page and what comes after it.
    static Map<String, @Nullable Object> of(List<?> items, @Nullable String next) {
        List<@Nullable Object> plain = new ArrayList<>();
        items.forEach(item -> plain.add(Plain.of(item)));
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", plain);
        page.put("next", next);
        return page;
    }
}
