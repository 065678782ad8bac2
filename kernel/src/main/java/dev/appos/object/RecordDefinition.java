package dev.appos.object;

import dev.appos.base.Names;
import dev.appos.base.Ref;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A record type: a table, a resource, forms, tools.
///
/// @param fields    the author's fields in their order, without the platform's columns
/// @param relations the records of other types that belong to one of this type
/// @param events    what runs when a record is created, changed, removed or seen
/// @param filters   the author's conditions on who sees which rows, by name; all must hold
public record RecordDefinition(
        Ref ref,
        List<FieldDefinition> fields,
        RecordTraits traits,
        RecordKeys keys,
        RecordLabels labels,
        List<Relation> relations,
        List<RecordEvent> events,
        List<String> filters,
        Access access,
        Source source)
        implements Definition {

    /// The columns every table has, in order; the platform alone writes them.
    public static final List<String> SYSTEM_COLUMNS =
            List.of("id", "version", "created_at", "created_by", "updated_at", "updated_by");

    /// What they hold.
    public static final Map<String, ValueType> SYSTEM_TYPES = Map.of(
            "id", ValueType.LONG,
            "version", ValueType.INTEGER,
            "created_at", ValueType.INSTANT,
            "created_by", ValueType.TEXT,
            "updated_at", ValueType.INSTANT,
            "updated_by", ValueType.TEXT);

    public RecordDefinition {
        fields = List.copyOf(fields);
        relations = List.copyOf(relations);
        events = List.copyOf(events);
        filters = List.copyOf(filters);
    }

    /// A record type of which nothing more is said: it is named by its first text, or else by its first field.
    public static RecordDefinition of(Ref ref, List<FieldDefinition> fields, Access access, Source source) {
        List<String> display = fields.stream()
                .filter(field -> field.type() == ValueType.TEXT).findFirst().or(() -> fields.stream().findFirst())
                .map(FieldDefinition::name).stream().toList();
        return new RecordDefinition(
                ref, fields, RecordTraits.NONE, RecordKeys.NONE, new RecordLabels(display, List.of()), List.of(),
                List.of(), List.of(), access, source);
    }

    /// The same by another name.
    public RecordDefinition named(Ref ref) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same with these traits.
    public RecordDefinition with(RecordTraits traits) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same with these keys.
    public RecordDefinition with(RecordKeys keys) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same named and searched like this.
    public RecordDefinition with(RecordLabels labels) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same with these fields.
    public RecordDefinition withFields(List<FieldDefinition> fields) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same with these relations.
    public RecordDefinition withRelations(List<Relation> relations) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same with these events.
    public RecordDefinition withEvents(List<RecordEvent> events) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The same whose rows are seen by those of whom all these filters say so.
    public RecordDefinition withFilters(List<String> filters) {
        return new RecordDefinition(
                ref, fields, traits, keys, labels, relations, events, filters, access, source);
    }

    /// The record type as it is for someone for whom these columns do not exist.
    public RecordDefinition without(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return this;
        }
        List<FieldDefinition> seen = fields.stream().filter(field -> !hidden.contains(field.name())).toList();
        List<String> named = display().stream().filter(column -> !hidden.contains(column)).toList();
        List<String> text = seen.stream()
                .filter(field -> field.type() == ValueType.TEXT).map(FieldDefinition::name).limit(1).toList();
        List<String> searched = search().stream().filter(column -> !hidden.contains(column)).toList();
        return withFields(seen).with(keys.without(hidden))
                .with(new RecordLabels(named.isEmpty() ? text : named, searched));
    }

    /// The same record, whose changes are kept.
    public RecordDefinition audited() {
        return with(traits.audited());
    }

    /// Whether changes are kept field by field.
    public boolean audit() {
        return traits.audit();
    }

    /// The columns that name a record to a person, in order.
    public List<String> display() {
        return labels.display();
    }

    /// The text columns a search looks into.
    public List<String> search() {
        return labels.search();
    }

    /// The sets of columns that are unique together.
    public List<List<String>> unique() {
        return keys.unique();
    }

    @Override
    public String description() {
        return Names.label(Names.plural(ref.name())) + " of " + ref.app() + ".";
    }

    /// The table in the app's schema and the resource in its address: `media_types`.
    public String plural() {
        return Names.plural(ref.name());
    }

    /// The author's field of this column, if there is one.
    public Optional<FieldDefinition> field(String column) {
        return fields.stream().filter(field -> field.name().equals(column)).findFirst();
    }

    /// The reference that is embedded under this name, if there is one.
    public Optional<FieldDefinition> embedded(String name) {
        return fields.stream()
                .filter(field -> field.target().map(target -> target.embed().equals(name)).orElse(false))
                .findFirst();
    }

    /// The records of another type that are embedded under this name, if there are any.
    public Optional<Relation> relation(String name) {
        return relations.stream().filter(relation -> relation.name().equals(name)).findFirst();
    }
}
