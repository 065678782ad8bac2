package dev.appos.operations;

import dev.appos.base.Json;
import dev.appos.base.Nearest;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.object.Input;
import dev.appos.object.Upserted;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One operation of a transaction as it was sent: read when its turn comes, for it may refer to earlier answers.
///
/// @param name   by which later ones refer to its answer; empty for none
/// @param object what is called
/// @param action what is done with it
/// @param sent   the whole of it
record Step(String name, Ref object, Verb action, Map<String, Object> sent) {

    private static final Set<String> KEYS =
            Set.of("name", "object", "action", "id", "version", "values", "on_conflict", "resolution");

    /// What an operation can do.
    enum Verb {
        CREATE,
        UPSERT,
        UPDATE,
        DELETE,
        GET,
        RUN,
        START;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Step {
        if (!name.isEmpty() && !name.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            throw fault("/name", "form", "must be made of letters, digits and _, and not begin with a digit");
        }
        if (object.app().equals(Ref.PLATFORM)) {
            throw fault("/object", "platform", "is the platform's own; call it by itself");
        }
        sent.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
            throw fault("/" + key, "unknown", "is not a part of an operation. " + Nearest.remedy(key, KEYS));
        });
    }

    /// @throws Refusal naming what is wrong, by its place in the operation
    static Step of(Object given) {
        Map<String, Object> sent = Json.object(given, "Each operation");
        Ref object = Ref.parse(text(sent, "object")).orElseThrow(() -> fault(
                "/object", "form", "must name an object, for example crm.records.customer"));
        String word = text(sent, "action");
        List<String> words = Arrays.stream(Verb.values()).map(Verb::word).toList();
        if (!words.contains(word)) {
            throw fault("/action", "unknown", "must be one of " + String.join(", ", words));
        }
        String name = sent.get("name") == null ? "" : text(sent, "name");
        return new Step(name, object, Verb.valueOf(word.toUpperCase(Locale.ROOT)), sent);
    }

    /// How many rows it brings.
    int rows() {
        return sent.get("values") instanceof List<?> list ? Math.max(1, list.size()) : 1;
    }

    /// The call, with what it says of earlier answers put in.
    Call call(Earlier earlier) {
        Object values = earlier.follow(sent.getOrDefault("values", Map.of()), "/values");
        return Call.of(object, switch (action) {
            case CREATE -> new Input.CreateRecords(rows(values));
            case UPSERT -> new Input.UpsertRecords(rows(values), key(), merges());
            case UPDATE -> new Input.UpdateRecord(id(earlier), version(earlier), Json.object(values, "values"));
            case DELETE -> new Input.DeleteRecord(id(earlier), version(earlier));
            case GET -> new Input.GetRecord(id(earlier), List.of());
            case RUN -> new Input.Run(Json.object(values, "values"));
            case START -> new Input.Start(Json.object(values, "values"));
        });
    }

    /// What later operations and the caller see of the answer: one row where one was sent.
    @Nullable Object answer(@Nullable Object answered) {
        Object plain = answered instanceof Upserted upserted ? upserted.rows() : Plain.of(answered);
        boolean many = sent.get("values") instanceof List<?>;
        return plain instanceof List<?> list && list.size() == 1 && !many
                        && (action == Verb.CREATE || action == Verb.UPSERT)
                ? list.getFirst()
                : plain;
    }

    private static List<Map<String, Object>> rows(@Nullable Object values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (values instanceof List<?> list) {
            list.forEach(row -> rows.add(Json.object(row, "Each record")));
        } else {
            rows.add(Json.object(values, "values"));
        }
        return rows;
    }

    private List<String> key() {
        return sent.get("on_conflict") == null
                ? List.of()
                : Json.array(sent.get("on_conflict"), "on_conflict").stream().map(String::valueOf).toList();
    }

    private boolean merges() {
        Object resolution = sent.getOrDefault("resolution", "merge-duplicates");
        if (!Set.of("merge-duplicates", "ignore-duplicates").contains(resolution)) {
            throw fault("/resolution", "unknown", "must be merge-duplicates or ignore-duplicates");
        }
        return resolution.equals("merge-duplicates");
    }

    private long id(Earlier earlier) {
        return (Long) number(earlier, "id", ValueType.LONG);
    }

    private OptionalInt version(Earlier earlier) {
        return sent.get("version") == null
                ? OptionalInt.empty()
                : OptionalInt.of((Integer) number(earlier, "version", ValueType.INTEGER));
    }

    private Object number(Earlier earlier, String key, ValueType type) {
        Object given = earlier.follow(sent.get(key), "/" + key);
        try {
            if (given == null) {
                throw new IllegalArgumentException("must be given: it says which record is meant");
            }
            return Values.convert(type, List.of(), given);
        } catch (IllegalArgumentException e) {
            throw fault("/" + key, "type", String.valueOf(e.getMessage()));
        }
    }

    private static String text(Map<String, Object> sent, String key) {
        if (sent.get(key) instanceof String text) {
            return text;
        }
        throw fault("/" + key, "required", "must be a text");
    }

    private static Refusal fault(String place, String code, String message) {
        return Refusal.invalid("The operation", place, code, message);
    }
}
