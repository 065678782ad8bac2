package dev.appos.openapi;

import java.util.LinkedHashMap;
import java.util.Map;

/// The types of what rules answer, as they are written in Java. What is not known may be anything.
final class JavaTypes {

    private JavaTypes() {}

    static Map<String, Object> schema(String written) {
        if (written.startsWith("List<") && written.endsWith(">")) {
            return Schemas.nullable(new LinkedHashMap<>(
                    Schemas.array(schema(written.substring("List<".length(), written.length() - 1)))));
        }
        return switch (written) {
            case "int", "long" -> Map.of("type", "integer");
            case "boolean" -> Map.of("type", "boolean");
            case "Integer", "Long" -> nullable("integer", "");
            case "Boolean" -> nullable("boolean", "");
            case "BigDecimal" -> nullable("number", "");
            case "String" -> nullable("string", "");
            case "LocalDate" -> nullable("string", "date");
            case "Instant" -> nullable("string", "date-time");
            case "UUID" -> nullable("string", "uuid");
            case "void" -> Map.of("type", "null");
            default -> Map.of();
        };
    }

    private static Map<String, Object> nullable(String type, String format) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (!format.isEmpty()) {
            schema.put("format", format);
        }
        return Schemas.nullable(schema);
    }
}
