package dev.appos.record;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes to a record as JSON Patch (a list of operations) or JSON Merge Patch (an object).
final class Patch {

    /// More operations are a new record.
    static final int MOST_OPERATIONS = 200;

    /// What copies may let a record grow to, in values.
    private static final int MOST_VALUES = 100_000;

    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "move", "copy", "test");
    private static final JsonProvider JSON = JsonProvider.provider();

    private final Object patch;

    private Patch(Object patch) {
        this.patch = patch;
    }

    /// @throws Refusal if it is neither, or an operation lacks something
    static Patch of(Object patch) {
        if (!(patch instanceof List<?> operations)) {
            return new Patch(Json.object(patch, "The patch"));
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw Refusal.tooLarge(
                    "More than " + MOST_OPERATIONS + " operations were sent.", "Send them in several patches.");
        }
        Faults faults = new Faults();
        for (int i = 0; i < operations.size(); i++) {
            String place = "/" + i;
            Map<?, ?> operation = operations.get(i) instanceof Map<?, ?> map ? map : Map.of();
            String word = String.valueOf(operation.get("op"));
            boolean moves = word.equals("move") || word.equals("copy");
            if (!OPERATIONS.contains(word)) {
                faults.add(place + "/op", "unknown", "must be add, remove, replace, move, copy or test");
            } else if (!pointer(operation.get("path"))) {
                faults.add(place + "/path", "form", "must be a JSON Pointer such as /name");
            } else if (moves && !pointer(operation.get("from"))) {
                faults.add(place + "/from", "form", "must be a JSON Pointer such as /name");
            } else if (!moves && !word.equals("remove") && !operation.containsKey("value")) {
                faults.add(place + "/value", "required", "must be given");
            }
        }
        faults.refuse("The patch");
        return new Patch(operations);
    }

    private static boolean pointer(@Nullable Object path) {
        return path instanceof String text && text.startsWith("/");
    }

    /// The fields that differ after it, with their values; a field that it removes is null.
    Map<String, @Nullable Object> changes(Map<String, @Nullable Object> row) {
        JsonObject before = (JsonObject) value(Plain.of(row));
        Map<String, @Nullable Object> old = plain(before);
        Map<String, @Nullable Object> after = plain(
                patch instanceof List<?> operations ? applied(before, operations) : merged(before));
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!Objects.equals(old.get(name), after.get(name))) {
                changes.put(name, after.get(name));
            }
        }
        if (patch instanceof Map<?, ?> fields) {
            // Nothing to be removed there; that the name is unknown has to be said all the same.
            fields.keySet().stream().map(String::valueOf).filter(name -> !old.containsKey(name))
                    .forEach(name -> changes.putIfAbsent(name, null));
        }
        return changes;
    }

    private JsonValue merged(JsonObject before) {
        return JSON.createMergePatch(value(patch)).apply(before);
    }

    private static JsonValue applied(JsonObject before, List<?> operations) {
        JsonStructure at = before;
        JsonArray all = (JsonArray) value(operations);
        for (int i = 0; i < all.size(); i++) {
            JsonObject operation = all.getJsonObject(i);
            try {
                at = JSON.createPatch(JSON.createArrayBuilder().add(operation).build()).apply(at);
            } catch (JsonException | IndexOutOfBoundsException | NumberFormatException | ClassCastException _) {
                throw refused(operation, "/" + i);
            }
            if (size(at, MOST_VALUES) > MOST_VALUES) {
                throw Refusal.tooLarge("The patch lets the record grow too large.", "Copy less.");
            }
        }
        return at;
    }

    private static Refusal refused(JsonObject operation, String place) {
        String path = operation.getString("path");
        return operation.getString("op").equals("test")
                ? Refusal.conflict(
                                "The record does not hold at " + path + " what the patch expects.",
                                "Read it again and make the patch for what you find.")
                        .at(place)
                : Refusal.invalid("The patch", place, "path", "cannot be carried out: there is no place for " + path);
    }

    /// How many values it holds, no further than `most`.
    private static int size(JsonValue value, int most) {
        int size = 1;
        Iterable<JsonValue> parts = switch (value) {
            case JsonObject object -> object.values();
            case JsonArray array -> array;
            default -> List.of();
        };
        for (JsonValue part : parts) {
            size += size(part, most - size);
            if (size > most) {
                return size;
            }
        }
        return size;
    }

    private static JsonValue value(@Nullable Object plain) {
        return JSON.createReader(new StringReader(Json.write(plain))).readValue();
    }

    private static Map<String, @Nullable Object> plain(JsonValue value) {
        return Json.object(Json.read(value.toString()), "What the patch leaves");
    }
}
