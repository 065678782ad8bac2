package dev.appos.object;

import dev.appos.base.Names;
import dev.appos.base.Ref;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A record type: a table, a resource, forms, tools.
///
/// @param fields  the author's fields in their order, without the platform's columns
/// @param audit   whether changes are kept field by field
/// @param display the columns that name a record to a person, in order; at least one unless there is no field
/// @param search  the text columns a search looks into
/// @param unique  sets of columns that are unique together
/// @param filters the author's conditions on who sees which rows, by name; all must hold
public record RecordDefinition(
        Ref ref,
        List<FieldDefinition> fields,
        boolean audit,
        List<String> display,
        List<String> search,
        List<List<String>> unique,
        List<String> filters,
        Access access,
        Source source)
        implements Definition {

    /// The columns every table has, in order; the platform alone writes them.
    public static final List<String> SYSTEM_COLUMNS =
            List.of("id", "version", "created_at", "created_by", "updated_at", "updated_by");

    public RecordDefinition {
        fields = List.copyOf(fields);
        display = List.copyOf(display);
        search = List.copyOf(search);
        unique = unique.stream().map(List::copyOf).toList();
        filters = List.copyOf(filters);
    }

    /// A record type whose rows are seen by all who may view it.
    public RecordDefinition(
            Ref ref,
            List<FieldDefinition> fields,
            boolean audit,
            List<String> display,
            List<String> search,
            List<List<String>> unique,
            Access access,
            Source source) {
        this(ref, fields, audit, display, search, unique, List.of(), access, source);
    }

    /// The record type as it is for someone for whom these columns do not exist.
    public RecordDefinition without(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return this;
        }
        List<FieldDefinition> seen = fields.stream().filter(field -> !hidden.contains(field.name())).toList();
        List<String> named = display.stream().filter(column -> !hidden.contains(column)).toList();
        List<String> text = seen.stream()
                .filter(field -> field.type() == ValueType.TEXT).map(FieldDefinition::name).limit(1).toList();
        return new RecordDefinition(
                ref,
                seen,
                audit,
                named.isEmpty() ? text : named,
                search.stream().filter(column -> !hidden.contains(column)).toList(),
                unique.stream().filter(columns -> columns.stream().noneMatch(hidden::contains)).toList(),
                filters,
                access,
                source);
    }

    /// The same record, whose changes are kept.
    public RecordDefinition audited() {
        return new RecordDefinition(ref, fields, true, display, search, unique, access, source);
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
}
