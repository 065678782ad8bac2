package dev.appos.openapi;

import dev.appos.base.Ref;
import dev.appos.dispatch.Visibility;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A record resource in a document.
final class RecordParts {

    private static final String MANY = "/v1/{records}";

    /// Programs in JavaScript must be able to read ids.
    private static final long LARGEST_ID = 1L << 53;

    /// Names of options; a column that is called so cannot be filtered by, or goes before the option.
    private static final Set<String> OPTIONS = Set.of("select", "order", "limit", "offset", "and", "or", "columns");

    private final AppDocument document;
    private final RecordDefinition record;
    private final String name;
    private final Map<String, Object> row;
    private final List<String> filters = new ArrayList<>();

    private RecordParts(AppDocument document, RecordDefinition record) {
        this.document = document;
        this.record = record;
        this.name = record.ref().name();
        this.row = Shared.ref(name);
    }

    static void add(AppDocument document, RecordDefinition whole) {
        Visibility visible = document.visible();
        if (!visible.allows(whole.ref(), Permission.VIEW)) {
            return;
        }
        RecordParts parts = new RecordParts(document, visible.seen(whole));
        parts.describe(visible.fixed(whole));
        for (Address generic : document.below(MANY)) {
            parts.add(generic.naming("records", whole.plural()), document.rest(generic, MANY));
        }
    }

    /// The schemas of the record, and a filter for each of its columns.
    private void describe(Set<String> fixed) {
        Predicate<Ref> known = ref -> document.visible().allows(ref, Permission.VIEW);
        Map<String, Object> answered = new LinkedHashMap<>(Schemas.row(record, known));
        answered.put("description", record.description() + " With `select` only what it names" + embeds(known) + ".");
        document.schema(name, answered);
        RecordDefinition writable = record.without(fixed);
        Map<String, Object> id = Map.of("type", "integer", "format", "int64", "minimum", 1, "maximum", LARGEST_ID);
        Map<String, Object> version = Map.of("type", "integer", "format", "int32", "description", "what was read");
        if (allows(Permission.CREATE)) {
            document.schema(name + ".create", with(Schemas.fields(writable, true, known), Map.of("id", id)));
        }
        if (allows(Permission.UPDATE)) {
            document.schema(name + ".update", with(Schemas.fields(writable, false, known), Map.of("version", version)));
            document.schema(name + ".replace", with(Schemas.fields(writable, true, known), Map.of("version", version)));
            Map<String, Object> each = with(
                    Schemas.fields(writable, false, known), Map.of("id", id, "version", version));
            each.put("required", List.of("id"));
            document.schema(name + ".change", each);
        }
        List<String> columns = new ArrayList<>(RecordDefinition.SYSTEM_COLUMNS);
        record.fields().forEach(field -> columns.add(field.name()));
        columns.forEach(column -> {
            if (!OPTIONS.contains(column)) {
                filters.add(name + "." + column);
                document.parameter(name + "." + column, Map.of(
                        "name", column, "in", "query",
                        "description", "Filter, such as `eq.value`, `gt.value`, `in.(a,b)`, `is.null`, `not.eq.value`.",
                        "schema", Map.of("type", "string")));
            }
        });
    }

    private String embeds(Predicate<Ref> known) {
        Set<String> names = new TreeSet<>();
        for (FieldDefinition field : record.fields()) {
            field.target().filter(target -> known.test(target.record())).ifPresent(target -> names.add(target.embed()));
        }
        record.relations().stream().filter(relation -> known.test(relation.record()))
                .forEach(relation -> names.add(relation.name()));
        return names.isEmpty() ? "" : ", embedded too: " + String.join(", ", names);
    }

    @SuppressWarnings("unchecked") // what Schemas put there
    private static Map<String, Object> with(Map<String, Object> schema, Map<String, Object> more) {
        Map<String, Object> properties = new LinkedHashMap<>(more);
        properties.putAll((Map<String, Object>) schema.get("properties"));
        schema.put("properties", properties);
        return schema;
    }

    private boolean allows(Permission permission) {
        return document.visible().allows(record.ref(), permission);
    }

    private void add(Address address, String rest) {
        String what = address.method() + " " + rest;
        if (rest.startsWith("/{id}/attachments")) {
            boolean reads = address.method().equals("GET") && !rest.contains("/uploads");
            if (record.traits().attachments() && allows(reads ? Permission.VIEW : Permission.UPDATE)) {
                DocumentParts.attached(document, address, name, rest.substring("/{id}/attachments".length()));
            }
            return;
        }
        boolean kept = record.traits().softDelete() || !rest.endsWith("/trash") && !rest.endsWith("/restore");
        boolean told = record.audit() || !rest.endsWith("/audit");
        if (kept && told && allows(needed(what))) {
            Operation operation = new Operation(address, name);
            if (rest.startsWith("/{id}")) {
                one(operation, what);
            } else {
                many(operation, what);
            }
            document.put(address, operation);
        }
    }

    private static Permission needed(String what) {
        return switch (what) {
            case "POST ", "PUT ", "POST /import" -> Permission.CREATE;
            case "GET /trash", "DELETE ", "DELETE /{id}", "POST /{id}/restore" -> Permission.DELETE;
            default -> what.startsWith("GET ") ? Permission.VIEW : Permission.UPDATE;
        };
    }

    private void many(Operation operation, String what) {
        String json = Operation.JSON;
        String created = name + ".create";
        Map<String, Object> rows = Schemas.array(row);
        switch (what) {
            case "GET ", "GET /trash" -> filtered(page(operation).takes("Range", "Prefer.read"))
                    .answers(200, "A page.", json, rows, "Content-Range", "Link")
                    .orAs(200, "text/csv", Map.of("type", "string"))
                    .orAs(200, "application/vnd.pgrst.object+json", row)
                    .answers(206, "A page of more that were counted.", json, rows, "Content-Range", "Link")
                    .answers(416, "The page begins after the last one.", "application/problem+json", Map.of());
            case "GET /export" -> filtered(operation.takes("select", "order", "limit"))
                    .option("format", "Of the file.", Map.of("enum", List.of("csv", "jsonl")))
                    .option("spreadsheet", "Safe to open in one.", Map.of("type", "boolean"))
                    .answers(200, "The file.", "text/csv", Map.of("type", "string"))
                    .orAs(200, "application/x-ndjson", Map.of("type", "string"));
            case "POST " -> written(operation.takes("select", "columns", "on_conflict", "Prefer.write")
                    .body(json, Map.of("oneOf", List.of(Shared.ref(created), Schemas.array(Shared.ref(created)))))
                    .body("text/csv", Map.of("type", "string")), 201);
            case "PUT " -> written(filtered(operation.takes("select", "Prefer.write"))
                    .body(json, Shared.ref(created)), 200).answers(201, "It was added.");
            case "PATCH " -> written(filtered(operation.takes("select", "columns", "Prefer.write"))
                    .body(json, Map.of("oneOf", List.of(
                            Shared.ref(name + ".update"), Schemas.array(Shared.ref(name + ".change"))))), 200);
            case "DELETE " -> written(filtered(operation.takes("select", "Prefer.write")), 200);
            case "POST /import" -> operation.takes("Idempotency-Key")
                    .body("text/csv", Map.of("type", "string"))
                    .body("application/x-ndjson", Map.of("type", "string"))
                    .answers(202, "The job that does it.", json, Map.of("type", "object"), "Location");
            default -> { }
        }
    }

    private Operation page(Operation operation) {
        operation.takes("select", "order", "limit", "offset", "and", "or");
        for (String more : List.of("after", "search", "having")) {
            if (record.field(more).isEmpty() && (!more.equals("search") || !record.search().isEmpty())) {
                operation.takes(more);
            }
        }
        return operation;
    }

    private Operation filtered(Operation operation) {
        return operation.takes(filters.toArray(String[]::new));
    }

    private Operation written(Operation operation, int status) {
        return operation.takes("Idempotency-Key")
                .answers(status, "With Prefer: return=representation the records.", Operation.JSON,
                        Schemas.array(row), "Content-Range", "Location", "Preference-Applied")
                .answers(204, "Done.", "Content-Range", "Preference-Applied");
    }

    private void one(Operation operation, String what) {
        String json = Operation.JSON;
        switch (what) {
            case "GET /{id}" -> operation.takes("select", "If-None-Match")
                    .answers(200, "The record.", json, row, "ETag").answers(304, "It is as you know it.", "ETag");
            case "PATCH /{id}" -> edited(operation
                    .body(json, Shared.ref(name + ".update"))
                    .body("application/merge-patch+json", Map.of("type", "object"))
                    .body("application/json-patch+json", Shared.ref("Patch")));
            case "PUT /{id}" -> edited(operation.body(json, Shared.ref(name + ".replace")));
            case "DELETE /{id}" -> {
                if (allows(Permission.ADMIN)) {
                    operation.option("hard", "For good, past the trash.", Map.of("type", "boolean"));
                }
                edited(operation);
            }
            case "GET /{id}/audit" -> operation.takes("limit").answers(200, "What was changed.", json, Schemas.object(
                    Map.of("items", Schemas.array(Map.of("type", "object")), "next", Map.of()), List.of("items")));
            case "POST /{id}/restore" -> operation.answers(200, "The record.", json, row, "ETag");
            default -> { }
        }
    }

    private void edited(Operation operation) {
        operation.takes("select", "If-Match", "Prefer.one", "Idempotency-Key")
                .answers(200, "The record.", Operation.JSON, row, "ETag", "Preference-Applied")
                .answers(204, "Done.", "ETag", "Preference-Applied");
    }
}
