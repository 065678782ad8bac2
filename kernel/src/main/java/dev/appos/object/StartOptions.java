package dev.appos.object;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a process is started.
///
/// @param key     a name for this start: the same key of the same process gives the same instance, whoever asks
/// @param at      not before this time; absent is now
/// @param trigger what led to it where the caller alone does not tell: `schedule:0 2 * * *`
public record StartOptions(Optional<String> key, Optional<Instant> at, Optional<String> trigger) {

    /// The longest key.
    public static final int LONGEST_KEY = 200;

    /// At once, as often as it is asked.
    public static final StartOptions NOW = new StartOptions(Optional.empty(), Optional.empty(), Optional.empty());

    /// What is asked, as a policy and an approval see it: the arguments, and what else was said, under names that no
    /// argument has.
    Map<String, Object> with(Map<String, Object> arguments) {
        if (key.isEmpty() && at.isEmpty()) {
            return arguments;
        }
        Map<String, Object> values = new LinkedHashMap<>(arguments);
        key.ifPresent(given -> values.put("$key", given));
        at.ifPresent(time -> values.put("$at", time.toString()));
        return values;
    }
}
