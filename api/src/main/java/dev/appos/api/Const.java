package dev.appos.api;

import java.util.Map;

/// A constant as a named object: `constants.x` without parentheses.
///
/// @param ref `crm.constants.pricing_rule`
public record Const(String ref) {

    /// Runs the object that the constant refers to, with inputs by name as in JSON: `Map.of("customer_id", 5)`. A
    /// process is started, and the answer is the id of its instance. Of a plain constant the answer is its value.
    @Writes
    public Object run(Map<String, Object> inputs) {
        return Door.current().runConstant(ref, inputs);
    }
}
