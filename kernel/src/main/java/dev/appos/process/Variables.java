package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people who watch an instance see of it: a replay sets them again. Thread-safe.
final class Variables {

    private final Map<String, @Nullable Object> values;
    private boolean changed;

    Variables(String json) {
        values = new LinkedHashMap<>(Json.object(Json.read(json), "the variables"));
    }

    synchronized void set(String name, @Nullable Object value) {
        if (!values.containsKey(name) && values.size() >= Bounds.VARIABLES_MOST) {
            throw new BodyFault("A process has at most " + Bounds.VARIABLES_MOST + " variables; \"" + name
                    + "\" would be one more.");
        }
        // Written and read, so that a later change of a list or map does not change what is shown.
        String written = Json.write(Plain.of(value));
        if (written.length() > Bounds.VARIABLE_LONGEST) {
            throw new BodyFault("Variable \"" + name + "\" is longer than " + Bounds.VARIABLE_LONGEST
                    + " characters of JSON; keep it in a record.");
        }
        Object plain = Json.read(written);
        if (!values.containsKey(name) || !Objects.equals(values.get(name), plain)) {
            values.put(name, plain);
            changed = true;
        }
    }

    /// All of them as JSON.
    synchronized String json() {
        return Json.write(values);
    }

    /// All of them as JSON if they changed since this was last asked.
    synchronized Optional<String> change() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(Json.write(values));
    }
}
