package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An instance as it is handed to another engine: what was kept at its start, as JSON.
final class Handed {

    private Handed() {}

    static String write(Instance instance) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", instance.id().toString());
        values.put("process", instance.process().toString());
        values.put("code", instance.codeHash());
        values.put("display_name", instance.displayName());
        values.put("started_by", instance.starter().name());
        values.put("execution_id", instance.starter().executionId());
        values.put("started_at", instance.starter().at().toString());
        values.put("started_with", instance.starter().kept().orElse(null));
        values.put("arguments", instance.arguments());
        values.put("deadline", instance.claim().deadline().map(Instant::toString).orElse(null));
        return Json.write(values);
    }

    static Instance read(String json) {
        Map<String, Object> values = Json.object(Json.read(json), "the instance");
        Instance.Starter starter = new Instance.Starter(
                text(values, "started_by"),
                text(values, "execution_id"),
                Instant.parse(text(values, "started_at")),
                Optional.ofNullable((String) values.get("started_with")));
        return new Instance(
                UUID.fromString(text(values, "id")),
                Ref.of(text(values, "process")),
                text(values, "code"),
                false,
                text(values, "display_name"),
                starter,
                text(values, "arguments"),
                "{}",
                new Instance.Claim(
                        Instance.Claim.ELSEWHERE, -1, false, 0, Lane.DEFAULT,
                        Optional.ofNullable((String) values.get("deadline")).map(Instant::parse), Duration.ZERO, true),
                List.of());
    }

    private static String text(Map<String, Object> values, String key) {
        return (String) values.get(key);
    }
}
