package dev.appos.mcp;

import dev.appos.object.FieldDefinition;
import dev.appos.object.Parameter;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.object.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schemas of tool arguments. They tell a model what to send; the door checks again what comes.
final class Schemas {

    private Schemas() {}

    /// An object of these properties and no others.
    static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    static Map<String, Object> of(List<Parameter> parameters) {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.name(), parameter(parameter)));
        List<String> required =
                parameters.stream().filter(parameter -> !parameter.nullable()).map(Parameter::name).toList();
        return object(properties, required);
    }

    /// The author's fields of a record; `complete` demands those that must be given.
    static Map<String, Object> fields(RecordDefinition record, boolean complete) {
        Map<String, Object> properties = new LinkedHashMap<>();
        record.fields().stream()
                .filter(field -> !field.readOnly())
                .forEach(field -> properties.put(field.name(), field(field)));
        record.relations().stream()
                .filter(relation -> relation.links().map(Relation.Links::owned).orElse(false))
                .forEach(relation -> properties.put(relation.name(), Map.of(
                        "type", "array", "items", Map.of("type", "integer"),
                        "description", "the ids of all linked " + relation.record())));
        List<String> required = record.fields().stream()
                .filter(field -> complete && field.mustBeGiven())
                .map(FieldDefinition::name)
                .toList();
        return object(properties, required);
    }

    private static Map<String, Object> field(FieldDefinition field) {
        Map<String, Object> schema =
                type(field.type(), field.element().isPresent() ? List.of() : field.choices());
        field.element().ifPresent(element -> schema.put("items", type(element, field.choices())));
        String longest = field.type().json() ? "maxItems" : "maxLength";
        field.limits().maxLength().ifPresent(max -> schema.put(longest, max));
        field.limits().min().ifPresent(min ->
                schema.put(min.inclusive() ? "minimum" : "exclusiveMinimum", min.value()));
        field.limits().max().ifPresent(max ->
                schema.put(max.inclusive() ? "maximum" : "exclusiveMaximum", max.value()));
        field.target().ifPresent(target -> schema.put("description", "id of a " + target.record()));
        if (field.limits().email()) {
            schema.put("format", "email");
        }
        if (!field.required()) {
            schema.put("type", List.of(schema.get("type"), "null"));
            // An enum beside "null" would otherwise refuse null.
            if (schema.remove("enum") instanceof List<?> choices) {
                schema.put("description", "one of " + choices);
            }
        }
        return schema;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema = type(parameter.type(), parameter.choices());
        parameter.element().ifPresent(element -> schema.put("items", type(element, List.of())));
        return schema;
    }

    private static Map<String, Object> type(ValueType type, List<String> choices) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", switch (type) {
            case TEXT, CHOICE, DATE, INSTANT, TIME, DURATION, UUID -> "string";
            case INTEGER, LONG, REFERENCE -> "integer";
            case DECIMAL -> "number";
            case BOOLEAN -> "boolean";
            case LIST -> "array";
            case MAP -> "object";
        });
        if (!choices.isEmpty()) {
            schema.put("enum", choices);
        }
        switch (type) {
            case DATE -> schema.put("format", "date");
            case INSTANT -> schema.put("format", "date-time");
            case TIME -> schema.put("format", "time");
            case DURATION -> schema.put("format", "duration");
            case UUID -> schema.put("format", "uuid");
            case TEXT, CHOICE, INTEGER, LONG, REFERENCE, DECIMAL, BOOLEAN, LIST, MAP -> { }
        }
        return schema;
    }
}
