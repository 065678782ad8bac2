package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.dispatch.Typed;
import dev.appos.govern.Approvals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a body got from outside, as it is kept in the history of another engine.
///
/// @param about  which step it was for; nothing where that does not matter
/// @param answer one of the types that [#write] knows
record Recorded(String about, @Nullable Object answer) {

    private static final String KIND = "kind";

    static String write(String about, @Nullable Object answer) {
        return Json.write(Map.of("about", about, "answer", Typed.write(encode(answer))));
    }

    static Recorded read(String json) {
        Map<String, Object> values = Json.object(Json.read(json), "what was recorded");
        Object answer = Typed.read((String) values.get("answer"), Recorded.class.getClassLoader());
        return new Recorded((String) values.get("about"), decode(answer));
    }

    /// Leaves what stands for itself to [Typed], which refuses what it does not know.
    private static @Nullable Object encode(@Nullable Object answer) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        switch (answer) {
            case Written row -> {
                values.put(KIND, "row");
                values.put("put", row.put().name());
                encode(row.entry(), values);
            }
            case Optional<?> maybe -> {
                values.put(KIND, "maybe");
                values.put("value", encode(maybe.orElse(null)));
            }
            case Approvals.Answer said -> {
                values.put(KIND, "answer");
                values.put("approved", said.approved());
                values.put("by", said.by());
                values.put("note", said.note());
            }
            case BodyFault fault -> {
                values.put(KIND, "fault");
                values.put("message", fault.getMessage());
            }
            case null -> {
                return null;
            }
            default -> {
                return answer;
            }
        }
        return values;
    }

    private static void encode(Entry entry, Map<String, @Nullable Object> values) {
        values.put("path", entry.path());
        values.put("digest", entry.digest());
        values.put("status", entry.status().word());
        values.put("attempt", entry.attempt());
        values.put("inputs", entry.content().inputs().orElse(null));
        values.put("answer", entry.content().answer().orElse(null));
        values.put("error", entry.content().error().orElse(null));
        values.put("started", entry.times().started());
        values.put("finished", entry.times().finished().orElse(null));
        values.put("wake", entry.times().wake().orElse(null));
        values.put("approval", entry.approval().orElse(null));
    }

    private static @Nullable Object decode(@Nullable Object answer) {
        if (!(answer instanceof Map<?, ?> values)) {
            return answer;
        }
        return switch (String.valueOf(values.get(KIND))) {
            case "row" -> new Written(entry(values), Journal.Put.valueOf((String) values.get("put")));
            case "maybe" -> Optional.ofNullable(decode(values.get("value")));
            case "answer" -> new Approvals.Answer(
                    (Boolean) values.get("approved"), (String) values.get("by"), (String) values.get("note"));
            case "fault" -> new BodyFault((String) values.get("message"));
            default -> values;
        };
    }

    private static Entry entry(Map<?, ?> values) {
        return new Entry(
                (String) values.get("path"),
                (String) values.get("digest"),
                Entry.Status.of((String) values.get("status")),
                (Integer) values.get("attempt"),
                new Entry.Content(text(values, "inputs"), text(values, "answer"), Optional.empty(),
                        text(values, "error")),
                new Entry.Times((Instant) values.get("started"), time(values, "finished"), time(values, "wake")),
                Optional.ofNullable((UUID) values.get("approval")));
    }

    private static Optional<String> text(Map<?, ?> values, String key) {
        return Optional.ofNullable((String) values.get(key));
    }

    private static Optional<Instant> time(Map<?, ?> values, String key) {
        return Optional.ofNullable((Instant) values.get(key));
    }
}
