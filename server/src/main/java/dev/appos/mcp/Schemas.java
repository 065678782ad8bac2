package dev.appos.mcp;

import dev.appos.object.FieldDefinition;
import dev.appos.object.Parameter;
import dev.appos.object.RecordDefinition;
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
        record.fields().forEach(field -> properties.put(field.name(), field(field)));
        List<String> required = record.fields().stream()
                .filter(field -> complete && field.mustBeGiven())
                .map(FieldDefinition::name)
                .toList();
        return object(properties, required);
    }

    private static Map<String, Object> field(FieldDefinition field) {
        Map<String, Object> schema = type(field.type(), field.choices());
        field.limits().maxLength().ifPresent(max -> schema.put("maxLength", max));
        field.limits().min().ifPresent(min -> schema.put("minimum", min));
        field.limits().max().ifPresent(max -> schema.put("maximum", max));
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
            case TEXT, CHOICE, DATE, INSTANT -> "string";
            case INTEGER, LONG, REFERENCE -> "integer";
            case DECIMAL -> "number";
            case BOOLEAN -> "boolean";
            case LIST -> "array";
            case MAP -> "object";
        });
        if (!choices.isEmpty()) {
            schema.put("enum", choices);
        }
        if (type == ValueType.DATE) {
            schema.put("format", "date");
        }
        if (type == ValueType.INSTANT) {
            schema.put("format", "date-time");
        }
        return schema;
    }
}
