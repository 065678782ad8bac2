package dev.appos.openapi;

import dev.appos.base.Ref;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.Parameter;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// JSON Schemas of what is sent and answered. They tell a program or a model what to send; the door checks again what
/// comes.
public final class Schemas {

    /// Regular expressions that mean the same to Java and to JavaScript, in which JSON Schema writes them.
    private static final Pattern COMMON = Pattern.compile("(?:[^\\\\(\\[?*+&]|\\\\[dDwWsS.\\-+*?/()\\[\\]{}^$|\\\\]"
            + "|\\((?:\\?:)?|\\[\\^?(?:[\\w .,:;@%!'/+#$*()=?-]|\\\\[dDwWsS.\\-])*]|[?*+](?![?*+]))*");

    /// Of one record, in one change.
    private static final int MOST_LINKS = 1000;

    private Schemas() {}

    /// An object of these properties and no others.
    public static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /// An array of these.
    static Map<String, Object> array(Object items) {
        return Map.of("type", "array", "items", items);
    }

    /// The inputs of a rule or a process.
    public static Map<String, Object> of(List<Parameter> parameters) {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.name(), parameter(parameter)));
        List<String> required =
                parameters.stream().filter(parameter -> !parameter.nullable()).map(Parameter::name).toList();
        return object(properties, required);
    }

    /// The author's fields of a record as they may be written; `complete` demands those that must be given.
    public static Map<String, Object> fields(RecordDefinition record, boolean complete) {
        return fields(record, complete, _ -> true);
    }

    /// The same where other records are named only if they are `known`.
    static Map<String, Object> fields(RecordDefinition record, boolean complete, Predicate<Ref> known) {
        Map<String, Object> properties = new LinkedHashMap<>();
        record.fields().stream()
                .filter(field -> !field.readOnly())
                .forEach(field -> properties.put(field.name(), field(field, known)));
        links(record, known).forEach(relation -> properties.put(relation.name(), Map.of(
                "type", "array", "items", Map.of("type", "integer"), "maxItems", MOST_LINKS,
                "description", "the ids of all linked " + relation.record())));
        List<String> required = record.fields().stream()
                .filter(field -> complete && field.mustBeGiven())
                .map(FieldDefinition::name)
                .toList();
        return object(properties, required);
    }

    /// A record as it is answered, with the platform's own columns. What is embedded comes on top.
    static Map<String, Object> row(RecordDefinition record, Predicate<Ref> known) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List.of("id", "version").forEach(name -> properties.put(name, system(name)));
        record.fields().forEach(field -> {
            Map<String, Object> schema = field(field, known);
            if (field.readOnly()) {
                schema.put("readOnly", true);
            }
            // What was written before the author demanded it is answered all the same.
            schema.keySet().removeAll(List.of("minLength", "pattern", "minItems", "minProperties", "format")
                    .stream().filter(word -> field.type() == ValueType.TEXT || field.type().json()).toList());
            properties.put(field.name(), schema);
        });
        RecordDefinition.SYSTEM_COLUMNS.forEach(name -> properties.putIfAbsent(name, system(name)));
        if (record.traits().softDelete()) {
            properties.put("deleted_at", nullable(type(ValueType.INSTANT, List.of())));
            properties.put("deleted_by", nullable(type(ValueType.TEXT, List.of())));
        }
        links(record, known).forEach(relation -> properties.put(relation.name(), Map.of(
                "type", "array", "description", "the ids after a change that sent them; embedded on request")));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }

    /// The links that are written with the record.
    private static List<Relation> links(RecordDefinition record, Predicate<Ref> known) {
        return record.relations().stream()
                .filter(relation -> relation.links().map(Relation.Links::owned).orElse(false))
                .filter(relation -> known.test(relation.record()))
                .toList();
    }

    private static Map<String, Object> system(String column) {
        ValueType held = RecordDefinition.SYSTEM_TYPES.getOrDefault(column, ValueType.TEXT);
        Map<String, Object> schema = type(held, List.of());
        schema.put("readOnly", true);
        return schema;
    }

    private static Map<String, Object> field(FieldDefinition field, Predicate<Ref> known) {
        Map<String, Object> schema =
                type(field.type(), field.element().isPresent() ? List.of() : field.choices());
        field.element().ifPresent(element -> schema.put("items", type(element, field.choices())));
        limit(field, schema);
        List<String> words = new ArrayList<>();
        field.target().map(target -> target.record()).filter(known).ifPresent(target -> words.add("id of a " + target));
        field.limits().digits().ifPresent(digits ->
                words.add("at most " + digits.fraction() + " digits after the point"));
        field.limits().tense().ifPresent(tense -> words.add(tense.demand()));
        field.defaultValue().ifPresent(value -> words.add("if left out: " + value));
        if (!words.isEmpty()) {
            schema.put("description", String.join("; ", words));
        }
        return field.required() ? schema : nullable(schema);
    }

    private static void limit(FieldDefinition field, Map<String, Object> schema) {
        Limits limits = field.limits();
        String of = switch (field.type()) {
            case LIST -> "Items";
            case MAP -> "Properties";
            case TEXT, INTEGER, LONG, DECIMAL, BOOLEAN, DATE, INSTANT, TIME, DURATION, UUID, CHOICE, REFERENCE ->
                "Length";
        };
        limits.minLength().ifPresent(min -> schema.put("min" + of, min));
        limits.maxLength().ifPresent(max -> schema.put("max" + of, max));
        limits.min().ifPresent(min -> schema.put(min.inclusive() ? "minimum" : "exclusiveMinimum", min.value()));
        limits.max().ifPresent(max -> schema.put(max.inclusive() ? "maximum" : "exclusiveMaximum", max.value()));
        if (limits.notBlank()) {
            schema.put("minLength", Math.max(1, limits.minLength().orElse(1)));
            schema.put("pattern", "\\S");
        }
        limits.pattern().filter(pattern -> COMMON.matcher(pattern.regex()).matches())
                .ifPresent(pattern -> schema.put("pattern", "^(?:" + pattern.regex() + ")$"));
        if (limits.email()) {
            schema.put("format", "email");
        }
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema = parameterType(parameter);
        return parameter.nullable() ? nullable(schema) : schema;
    }

    /// What an input holds where there is one.
    static Map<String, Object> parameterType(Parameter parameter) {
        boolean list = parameter.element().isPresent();
        Map<String, Object> schema = type(parameter.type(), list ? List.of() : parameter.choices());
        parameter.element().ifPresent(element -> schema.put("items", type(element, parameter.choices())));
        return schema;
    }

    /// The same, or nothing.
    static Map<String, Object> nullable(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type) {
            schema.put("type", List.of(type, "null"));
        }
        if (schema.get("enum") instanceof List<?> choices) {
            List<@Nullable Object> more = new ArrayList<>(choices);
            more.add(null);
            schema.put("enum", more);
        }
        return schema;
    }

    static Map<String, Object> type(ValueType type, List<String> choices) {
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
            case INTEGER -> schema.put("format", "int32");
            case LONG, REFERENCE -> schema.put("format", "int64");
            case DATE -> schema.put("format", "date");
            case INSTANT -> schema.put("format", "date-time");
            // The formats of JSON Schema want a zone for a time of day, and know no parts of a second of a duration.
            case TIME -> schema.put("pattern", "^\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?$");
            case DURATION -> schema.put("pattern", "^-?P(\\d+D)?(T[\\dHMS.-]+)?$");
            case UUID -> schema.put("format", "uuid");
            case TEXT, CHOICE, DECIMAL, BOOLEAN, LIST, MAP -> { }
        }
        return schema;
    }
}
