package dev.appos.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A field of a record type.
///
/// @param name     the column, in snake case; a reference ends in `_id`
/// @param accessor the component of the author's record: `supportRep`
/// @param limits   what values are allowed beyond the type
/// @param choices  the names of an enum, or of the enum a list is made of; empty for other types
/// @param element  what a list is made of, present exactly for lists
/// @param target   the record a reference leads to, present exactly for references
/// @param origin   where its value comes from when a record is created
/// @param access   who may view and update it, as far as it is narrower than the record
public record FieldDefinition(
        String name,
        String accessor,
        ValueType type,
        FieldTraits traits,
        Limits limits,
        List<String> choices,
        Optional<ValueType> element,
        Optional<Target> target,
        Origin origin,
        Access access) {

    public FieldDefinition {
        choices = List.copyOf(choices);
    }

    /// A field of which nothing is said but its type, as open as its record.
    public static FieldDefinition of(String name, String accessor, ValueType type) {
        return new FieldDefinition(
                name, accessor, type, FieldTraits.NONE, Limits.NONE, List.of(), Optional.empty(), Optional.empty(),
                Origin.GIVEN, Access.UNSTATED);
    }

    /// The same field in another column.
    public FieldDefinition named(String name) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, target, origin, access);
    }

    /// The same field, which was in another column before.
    public FieldDefinition calledBefore(String column) {
        return with(new FieldTraits(traits.required(), traits.unique(), Optional.of(column)));
    }

    /// The same field with these traits.
    public FieldDefinition with(FieldTraits traits) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, target, origin, access);
    }

    /// The same field with these limits.
    public FieldDefinition with(Limits limits) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, target, origin, access);
    }

    /// The same field with a value that comes from there.
    public FieldDefinition from(Origin origin) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, target, origin, access);
    }

    /// The same field as one of these names.
    public FieldDefinition among(List<String> choices) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, target, origin, access);
    }

    /// The same field as a list of these.
    public FieldDefinition listOf(ValueType element) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, Optional.of(element), target, origin, access);
    }

    /// The same field as a reference that leads there.
    public FieldDefinition to(Target target) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, Optional.of(target), origin, access);
    }

    /// The same field with this access.
    public FieldDefinition restricted(Access access) {
        return new FieldDefinition(
                name, accessor, type, traits, limits, choices, element, target, origin, access);
    }

    /// Whether it is never empty.
    public boolean required() {
        return traits.required();
    }

    /// Whether no two records may share a value.
    public boolean unique() {
        return traits.unique();
    }

    /// What a new record gets where nothing is given, as JSON text without quotes, if that is the same for all.
    public Optional<String> defaultValue() {
        return origin instanceof Origin.Literal(String written) ? Optional.of(written) : Optional.empty();
    }

    /// Whether a new record cannot do without a value from its caller.
    public boolean mustBeGiven() {
        return traits.required() && origin instanceof Origin.Given;
    }

    /// Whether the platform alone writes it.
    public boolean readOnly() {
        return switch (origin) {
            case Origin.Running _, Origin.Computed _ -> true;
            case Origin.Given _, Origin.Literal _, Origin.Moment _ -> false;
        };
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
