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
import java.util.Set;

/// The columns of one record type as an address may name them.
///
/// @param record   the record as its caller sees it; nothing for one that is embedded, of which the engine knows
/// @param embedded the names under which other records are embedded
record Columns(Optional<RecordDefinition> record, Set<String> embedded) {

    private static final Map<String, ValueType> SYSTEM = RecordDefinition.SYSTEM_TYPES;

    /// The columns of a record that is embedded.
    static final Columns ELSEWHERE = new Columns(Optional.empty(), Set.of());

    Columns(RecordDefinition record) {
        this(Optional.of(record), Set.of());
    }

    /// The same where these are embedded.
    Columns embedding(Set<String> names) {
        return new Columns(record, names);
    }

    /// Whether there is such a column.
    boolean has(String name) {
        return record.isEmpty() || SYSTEM.containsKey(name) || record.get().field(name).isPresent();
    }

    /// The name, if there is such a column, or such a path into one.
    ///
    /// @throws Refusal naming the nearest one
    String known(String name) {
        if (has(column(name)) || embedded.contains(name)) {
            return name;
        }
        throw unknown(name);
    }

    private static String column(String path) {
        int arrow = path.indexOf("->");
        return arrow < 0 ? path : path.substring(0, arrow);
    }

    /// Reads a value for a column as it stands in an address; for a part of JSON, or of a record elsewhere, it stays
    /// a text.
    Object parse(String column, String written) {
        known(column);
        if (record.isEmpty() || embedded.contains(column) || column.contains("->")) {
            return written;
        }
        Optional<FieldDefinition> field = record.get().field(column);
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
        record.ifPresent(known -> known.fields().forEach(field -> names.add(field.name())));
        return Refusal.malformed(
                record.map(RecordDefinition::plural).orElse("What is embedded") + " has no column or option \"" + name
                        + "\".",
                Nearest.remedy(name, names));
    }
}
