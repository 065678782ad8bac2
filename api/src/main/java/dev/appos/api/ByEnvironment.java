package dev.appos.api;

import java.util.LinkedHashMap;
import java.util.Map;

/// The values of a constant: a usual one, and others for some environments. Made with [Words#usually].
///
/// @param values by the name of the environment; the usual one under [#USUAL]
public record ByEnvironment<T>(Map<String, T> values) {

    /// The name under which the usual value stands.
    public static final String USUAL = "default";

    /// The same, with another value in one environment: `usually("test@x.org").in("prod", "mail@x.org")`.
    public ByEnvironment<T> in(String environment, T value) {
        Map<String, T> more = new LinkedHashMap<>(values);
        more.put(environment, value);
        return new ByEnvironment<>(more);
    }
}
