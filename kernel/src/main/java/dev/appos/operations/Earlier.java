package dev.appos.operations;

import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What earlier operations of a transaction answered, and what later ones say of it: `{"$ref": "customer.id"}` stands
/// for a part of an answer, `{"$literal": …}` for itself whatever it holds.
final class Earlier {

    static final String REFERENCE = "$ref";
    static final String LITERAL = "$literal";

    private final Map<String, @Nullable Object> answers = new HashMap<>();

    void keep(String name, @Nullable Object answer) {
        answers.put(name, answer);
    }

    /// The value with every reference in it followed.
    ///
    /// @param place where it stands, as a JSON Pointer
    @Nullable Object follow(@Nullable Object value, String place) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> followed = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                followed.add(follow(list.get(i), place + "/" + i));
            }
            return followed;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1 && map.containsKey(LITERAL)) {
            return map.get(LITERAL);
        }
        if (map.size() == 1 && map.get(REFERENCE) instanceof String path) {
            return part(path, place);
        }
        Map<String, @Nullable Object> followed = new LinkedHashMap<>();
        map.forEach((key, each) -> followed.put(String.valueOf(key), follow(each, place + "/" + key)));
        return followed;
    }

    private @Nullable Object part(String path, String place) {
        String[] steps = path.split("\\.", -1);
        if (!answers.containsKey(steps[0])) {
            throw fault(place, "\"" + steps[0] + "\" names no operation before this one that was carried out");
        }
        Object at = answers.get(steps[0]);
        for (int i = 1; i < steps.length; i++) {
            String step = steps[i];
            if (at instanceof List<?> list && step.matches("\\d{1,4}") && Integer.parseInt(step) < list.size()) {
                at = list.get(Integer.parseInt(step));
            } else if (at instanceof Map<?, ?> map && map.containsKey(step)) {
                at = map.get(step);
            } else {
                throw fault(place, "the answer of " + steps[0] + " has no " + path.substring(steps[0].length() + 1));
            }
        }
        return at;
    }

    private static Refusal fault(String place, String why) {
        return Refusal.invalid("The operation", place, "reference", "leads nowhere: " + why);
    }
}
