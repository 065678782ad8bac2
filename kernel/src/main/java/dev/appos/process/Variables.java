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

    private final Sealing sealing;
    private final Map<String, @Nullable Object> values;
    private boolean changed;
    private boolean over;

    Variables(String json, Sealing sealing) {
        this.sealing = sealing;
        this.values = new LinkedHashMap<>(Json.object(Json.read(json), "the variables"));
    }

    /// Sets one that is shown.
    synchronized void set(String name, @Nullable Object value) {
        Object plain = Json.read(written(name, value));
        if (!values.containsKey(name) || !Objects.equals(values.get(name), plain)) {
            values.put(name, plain);
            changed = true;
        }
    }

    /// Sets one that nobody is shown.
    ///
    /// @param level `hidden` or `sensitive`
    synchronized void hide(String name, String level, @Nullable Object value) {
        String written = written(name, value);
        if (!sealing.same(values.get(name), name, level, written)) {
            values.put(name, sealing.variable(name, level, written));
            changed = true;
        }
    }

    /// Written and read, so that a later change of a list or map does not change what is shown.
    private String written(String name, @Nullable Object value) {
        if (!values.containsKey(name) && values.size() >= Bounds.VARIABLES_MOST) {
            throw new BodyFault("A process has at most " + Bounds.VARIABLES_MOST + " variables; \"" + name
                    + "\" would be one more.");
        }
        String written = Json.write(Plain.of(value));
        if (written.length() > Bounds.VARIABLE_LONGEST) {
            throw new BodyFault("Variable \"" + name + "\" is longer than " + Bounds.VARIABLE_LONGEST
                    + " characters of JSON; keep it in a record.");
        }
        return written;
    }

    /// Says that the process is over: from now on nothing sealed is kept.
    synchronized void end() {
        over = true;
    }

    /// All of them as JSON.
    synchronized String json() {
        if (!over) {
            return Json.write(values);
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        values.forEach((name, value) -> rest.put(name, Sealing.ended(value)));
        return Json.write(rest);
    }

    /// All of them as JSON if they changed since this was last asked.
    synchronized Optional<String> change() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(json());
    }
}
