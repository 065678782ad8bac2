package dev.appos.web;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The columns of one record type as an address may name them.
///
/// @param embeds whether a reference of this name leads to something the caller may see; others do not exist for him
record Columns(RecordDefinition record, Predicate<String> embeds) {

    private static final Map<String, ValueType> SYSTEM = Map.of(
            "id", ValueType.LONG,
            "version", ValueType.INTEGER,
            "created_at", ValueType.INSTANT,
            "created_by", ValueType.TEXT,
            "updated_at", ValueType.INSTANT,
            "updated_by", ValueType.TEXT);

    /// The name, if there is such a column.
    ///
    /// @throws Refusal naming the nearest one
    String known(String name) {
        if (SYSTEM.containsKey(name) || record.field(name).isPresent()) {
            return name;
        }
        throw unknown(name);
    }

    /// Reads a value for a column as it stands in an address.
    Object parse(String column, String written) {
        Optional<FieldDefinition> field = record.field(known(column));
        ValueType type = field.map(FieldDefinition::type).orElseGet(() -> SYSTEM.get(column));
        List<String> choices = field.map(FieldDefinition::choices).orElse(List.of());
        try {
            return Values.parse(type, choices, written);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The filter", "/" + column, "type", String.valueOf(e.getMessage()));
        }
    }

    Refusal unknown(String name) {
        List<String> names = new ArrayList<>(SYSTEM.keySet());
        record.fields().forEach(field -> names.add(field.name()));
        return Refusal.malformed(
                record.plural() + " has no column or option \"" + name + "\".", Nearest.remedy(name, names));
    }
}
