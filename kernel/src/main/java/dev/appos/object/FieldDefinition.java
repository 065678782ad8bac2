package dev.appos.object;

import java.util.List;
import java.util.Optional;

/// A field of a record type.
///
/// @param name         the column, in snake case; a reference ends in `_id`
/// @param accessor     the component of the author's record: `supportRep`
/// @param required     whether it must be given
/// @param unique       whether no two records may share a value
/// @param limits       what values are allowed beyond the type
/// @param choices      the names of an enum, empty for other types
/// @param target       the record a reference leads to, present exactly for references
/// @param defaultValue what a new record gets, as JSON text without quotes
public record FieldDefinition(
        String name,
        String accessor,
        ValueType type,
        boolean required,
        boolean unique,
        Limits limits,
        List<String> choices,
        Optional<Target> target,
        Optional<String> defaultValue) {

    public FieldDefinition {
        choices = List.copyOf(choices);
    }
}
