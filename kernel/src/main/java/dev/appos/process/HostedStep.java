package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Typed;
import dev.appos.object.Input;
import dev.appos.registry.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attempt at a step that names an object, with its instance: as JSON it can be made on any server.
record HostedStep(Instance instance, Attempt attempt) {

    String json() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("instance", Handed.write(instance));
        values.put("path", attempt.path());
        values.put("digest", attempt.digest());
        values.put("attempt", attempt.number());
        values.put("inputs", attempt.inputs().orElse(null));
        values.put("ref", attempt.call().ref().toString());
        values.put("arguments", Typed.write(((Input.Run) attempt.call().input()).arguments()));
        values.put("key", attempt.call().key().orElse(null));
        values.put("limit_ms", attempt.limit().toMillis());
        values.put("variables", variables(attempt.seen()));
        return Json.write(values);
    }

    /// With their types where these can be kept: a variable may be anything that can be shown.
    private static String variables(Map<String, @Nullable Object> seen) {
        try {
            return Typed.write(seen);
        } catch (IllegalArgumentException _) {
            return Typed.write(Json.read(Json.write(Plain.of(seen))));
        }
    }

    static HostedStep read(String json, Snapshot snapshot) {
        Map<String, Object> values = Json.object(Json.read(json), "the step");
        Instance instance = Handed.read(text(values, "instance"));
        ClassLoader apps = snapshot.code(instance.process().app()).getClass().getClassLoader();
        Input input = new Input.Run(map(text(values, "arguments"), apps));
        return new HostedStep(instance, new Attempt(
                text(values, "path"),
                text(values, "digest"),
                ((Number) values.get("attempt")).intValue(),
                Optional.ofNullable((String) values.get("inputs")),
                new Call(Ref.of(text(values, "ref")), input, Optional.ofNullable((String) values.get("key"))),
                Duration.ofMillis(((Number) values.get("limit_ms")).longValue()),
                map(text(values, "variables"), apps)));
    }

    @SuppressWarnings("unchecked") // a map was written
    private static Map<String, Object> map(String typed, ClassLoader apps) {
        return (Map<String, Object>) Typed.read(typed, apps);
    }

    private static String text(Map<String, Object> values, String key) {
        return (String) values.get(key);
    }
}
