package dev.appos.object;

import java.util.List;
import java.util.Optional;

/// An input of a rule or a process.
///
/// @param name     in snake case, as it stands in JSON: `customer_id`
/// @param type     what it holds
/// @param element  what the elements of a list hold, present exactly for lists
/// @param nullable whether it may be left out or null; primitive types may not
/// @param choices  the names of an enum
public record Parameter(
        String name, ValueType type, Optional<ValueType> element, boolean nullable, List<String> choices) {

    public Parameter {
        choices = List.copyOf(choices);
    }
}
