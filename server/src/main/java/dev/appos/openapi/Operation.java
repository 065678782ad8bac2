package dev.appos.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One operation of a document while it is put together.
final class Operation {

    static final String JSON = "application/json";

    private static final Pattern NAMED = Pattern.compile("\\{(\\w+)}");

    private final Map<String, Object> written = new LinkedHashMap<>();
    private final List<Object> parameters = new ArrayList<>();
    private final Map<String, Object> contents = new LinkedHashMap<>();
    private final Map<String, Object> responses = new LinkedHashMap<>();

    /// The operation at an address whose app and object are filled in; what is still in braces becomes a parameter.
    ///
    /// @param tag under which documents group it
    Operation(Address address, String tag) {
        String rest = address.path().replaceFirst("^/api/\\w+/v1/", "").replace('/', '.').replaceAll("[{}]", "");
        written.put("operationId", address.method().toLowerCase(Locale.ROOT) + "." + rest);
        written.put("tags", List.of(tag));
        written.put("summary", address.summary());
        Matcher named = NAMED.matcher(address.path());
        while (named.find()) {
            parameters.add(Map.of("name", named.group(1), "in", "path", "required", true, "schema",
                    switch (named.group(1)) {
                        case "id", "version" -> Map.of("type", "integer", "format", "int64", "minimum", 1);
                        case "document", "upload" -> Map.of("type", "string", "format", "uuid");
                        default -> Map.of("type", "string");
                    }));
        }
    }

    /// Takes parameters that are described once for all.
    Operation takes(String... shared) {
        List.of(shared).forEach(name -> parameters.add(Map.of("$ref", "#/components/parameters/" + name)));
        return this;
    }

    /// Takes an option in the address.
    Operation option(String name, String description, Map<String, Object> schema) {
        parameters.add(Map.of("name", name, "in", "query", "description", description, "schema", schema));
        return this;
    }

    /// Takes an option in the address that must be given.
    Operation needs(String name, Map<String, Object> schema) {
        parameters.add(Map.of("name", name, "in", "query", "required", true, "schema", schema));
        return this;
    }

    /// Takes a body of this media type.
    Operation body(String type, Object schema) {
        contents.put(type, Map.of("schema", schema));
        return this;
    }

    /// Answers nothing but a status, and maybe these headers.
    Operation answers(int status, String description, String... headers) {
        responses.put(String.valueOf(status), response(description, headers));
        return this;
    }

    /// Answers content of this media type; a status may have several.
    Operation answers(int status, String description, String type, Object schema, String... headers) {
        Map<String, Object> response = response(description, headers);
        response.put("content", Map.of(type, Map.of("schema", schema)));
        responses.put(String.valueOf(status), response);
        return this;
    }

    private static Map<String, Object> response(String description, String... headers) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("description", description);
        if (headers.length > 0) {
            Map<String, Object> named = new LinkedHashMap<>();
            List.of(headers).forEach(name -> named.put(name, Map.of("schema", Map.of("type", "string"))));
            response.put("headers", named);
        }
        return response;
    }

    /// Answers the same in another media type.
    @SuppressWarnings("unchecked") // what answers() put there
    Operation orAs(int status, String type, Object schema) {
        Map<String, Object> response = (Map<String, Object>) responses.get(String.valueOf(status));
        Map<String, Object> content = new LinkedHashMap<>((Map<String, Object>) response.get("content"));
        content.put(type, Map.of("schema", schema));
        response.put("content", content);
        return this;
    }

    Map<String, Object> written() {
        if (!parameters.isEmpty()) {
            written.put("parameters", parameters);
        }
        if (!contents.isEmpty()) {
            written.put("requestBody", Map.of("content", contents));
        }
        if (responses.isEmpty()) {
            answers(200, "Done.");
        }
        responses.putAll(Shared.refusals(written.get("operationId").toString()));
        written.put("responses", responses);
        return written;
    }
}
