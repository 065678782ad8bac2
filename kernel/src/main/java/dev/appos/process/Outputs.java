package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a process hands out when it is over: what its body answers, or what it named while it ran. Thread-safe.
final class Outputs {

    private final Map<String, @Nullable Object> named = new LinkedHashMap<>();

    synchronized void set(String name, @Nullable Object value) {
        if (!named.containsKey(name) && named.size() >= Bounds.VARIABLES_MOST) {
            throw new BodyFault("A process has at most " + Bounds.VARIABLES_MOST + " outputs; \"" + name
                    + "\" would be one more.");
        }
        named.put(name, Json.read(Json.write(Plain.of(value))));
    }

    /// All of it as JSON.
    ///
    /// @param answer of the body
    synchronized Optional<String> json(@Nullable Object answer) {
        if (answer != null && !named.isEmpty()) {
            throw new BodyFault("The body answers something and names outputs; do one of both.");
        }
        return named.isEmpty()
                ? Optional.ofNullable(answer).map(value -> Json.write(Plain.of(value)))
                : Optional.of(Json.write(named));
    }
}
