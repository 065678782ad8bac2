package dev.appos.mcp;

import dev.appos.base.Ref;
import dev.appos.object.Action;
import dev.appos.object.Input;
import java.util.Map;
import java.util.function.Function;

/// One object and one thing to do with it, as an agent sees it.
///
/// @param name        the reference with underscores, and what is done: `crm_records_customer_list`
/// @param description what it does, for the model that chooses
/// @param schema      of its arguments, as JSON Schema
/// @param input       from arguments to what the door takes; refuses arguments it does not understand
record Tool(
        String name,
        String description,
        Ref ref,
        Action action,
        Map<String, Object> schema,
        Function<Map<String, Object>, Input> input) {}
