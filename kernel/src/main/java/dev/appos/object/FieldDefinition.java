package dev.appos.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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
/// @param access       who may view and update it, as far as it is narrower than the record
public record FieldDefinition(
        String name,
        String accessor,
        ValueType type,
        boolean required,
        boolean unique,
        Limits limits,
        List<String> choices,
        Optional<Target> target,
        Optional<String> defaultValue,
        Access access) {

    public FieldDefinition {
        choices = List.copyOf(choices);
    }

    /// A field as open as its record.
    public FieldDefinition(
            String name,
            String accessor,
            ValueType type,
            boolean required,
            boolean unique,
            Limits limits,
            List<String> choices,
            Optional<Target> target,
            Optional<String> defaultValue) {
        this(name, accessor, type, required, unique, limits, choices, target, defaultValue, Access.UNSTATED);
    }

    /// The same field with this access.
    public FieldDefinition restricted(Access access) {
        return new FieldDefinition(
                name, accessor, type, required, unique, limits, choices, target, defaultValue, access);
    }

    /// Whether a member of these groups may see it, given that he may see the record.
    public boolean visibleTo(Set<String> groups) {
        Set<String> viewers = access.of(Permission.VIEW);
        return viewers.isEmpty() || among(viewers, groups) || among(access.of(Permission.UPDATE), groups);
    }

    /// Whether a member of these groups may write it, given that he may write the record.
    public boolean writableBy(Set<String> groups) {
        Set<String> writers = access.of(Permission.UPDATE);
        return writers.isEmpty() ? visibleTo(groups) : among(writers, groups);
    }

    private static boolean among(Set<String> named, Set<String> groups) {
        return named.stream().anyMatch(groups::contains);
    }
}
