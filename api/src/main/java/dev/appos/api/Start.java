package dev.appos.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How a process is started: which, when, and how often.
///
/// ```java
/// Start.of("crm.processes.remind").after("3 days").with(Map.of("customer_id", id));
/// Start.of("crm.processes.ship").once("order " + id).with(Map.of("order_id", id));
/// Start.of(constants.handler()).with(Map.of("customer_id", id));
/// ```
///
/// @param ref   the process: `crm.processes.onboard`
/// @param key   a name of this start: the same key of the same process gives the same instance, whoever asks
/// @param at    not before this time
/// @param after or not before this much later than now, as in `"3 days"`
public record Start(String ref, Optional<String> key, Optional<Instant> at, Optional<String> after) {

    /// A start now, as often as it is asked for.
    public static Start of(String ref) {
        return new Start(ref, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// At most once under this name.
    public Start once(String name) {
        return new Start(ref, Optional.of(name), at, after);
    }

    /// Not before this time.
    public Start at(Instant time) {
        return new Start(ref, key, Optional.of(time), Optional.empty());
    }

    /// Not before this much later than now.
    public Start after(String length) {
        return new Start(ref, key, Optional.empty(), Optional.of(length));
    }

    /// Starts it with these inputs, by name. Answers the id of the instance.
    @Writes
    public UUID with(Map<String, ?> inputs) {
        return Door.current().start(this, new LinkedHashMap<>(inputs));
    }
}
