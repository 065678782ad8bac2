package dev.appos.openapi;

import dev.appos.base.Ref;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Permission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Documents in folders and at records, in a document of an app.
final class DocumentParts {

    private static final String FOLDERS = "/v1/folders";
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> WHOLE = Map.of("type", "integer");
    private static final Map<String, Object> TIME = Map.of("type", "string", "format", "date-time");
    private static final Map<String, Object> BYTES = Map.of();

    private DocumentParts() {}

    static void add(AppDocument document, FolderDefinition folder) {
        Ref ref = folder.ref();
        if (!document.visible().allows(ref, Permission.VIEW)) {
            return;
        }
        describe(document);
        for (Address generic : document.below(FOLDERS)) {
            Address address = generic.naming("folder", ref.name());
            String rest = document.rest(generic, FOLDERS);
            if (rest.startsWith("/{folder}/documents")) {
                String below = rest.substring("/{folder}/documents".length());
                if (document.visible().allows(ref, needed(address.method(), below))) {
                    document.put(address, operation(address, ref.name(), below));
                }
            } else if (address.method().equals("PATCH")) {
                if (document.visible().allows(ref, Permission.ADMIN)) {
                    document.put(address, new Operation(address, ref.name())
                            .body(Operation.JSON, Schemas.object(
                                    Map.of("is_active", Map.of("type", "boolean")), List.of("is_active")))
                            .answers(200, "The folder.", Operation.JSON, Shared.ref("Folder")));
                }
            } else {
                document.put(address, new Operation(address, rest.isEmpty() ? "folders" : ref.name())
                        .answers(200, "What it is.", Operation.JSON,
                                rest.isEmpty() ? page(Shared.ref("Folder")) : Shared.ref("Folder")));
            }
        }
    }

    /// An address below the attachments of a record.
    ///
    /// @param below what follows `attachments`
    static void attached(AppDocument document, Address address, String tag, String below) {
        describe(document);
        document.put(address, operation(address, tag, below));
    }

    /// The permission on a folder that an address below its documents takes.
    private static Permission needed(String method, String below) {
        return switch (method) {
            case "GET" -> below.startsWith("/uploads") ? Permission.CREATE : Permission.VIEW;
            case "DELETE" -> below.startsWith("/uploads") ? Permission.CREATE : Permission.DELETE;
            case "POST" -> below.isEmpty() || below.startsWith("/uploads") ? Permission.CREATE : Permission.UPDATE;
            default -> below.startsWith("/uploads") ? Permission.CREATE : Permission.UPDATE;
        };
    }

    private static Operation operation(Address address, String tag, String below) {
        Operation operation = new Operation(address, tag);
        String one = "The document.";
        Map<String, Object> document = Shared.ref("Document");
        return switch (address.method() + " " + below) {
            case "GET " -> operation
                    .option("archived", "Those that are archived.", Map.of("type", "boolean"))
                    .option("name", "What the name holds.", TEXT)
                    .option("tag", "Those with this tag.", TEXT)
                    .option("cursor", "Goes on after a page: as its `next` said.", TEXT)
                    .takes("limit")
                    .answers(200, "A page of documents.", Operation.JSON, page(document));
            case "POST ", "POST /{document}/versions" -> {
                operation.option("name", "What it is called.", TEXT).option("note", "What is new.", TEXT)
                        .option("tags", "Separated by commas.", TEXT).takes("Idempotency-Key")
                        .body("*/*", BYTES);
                yield operation.answers(201, one, Operation.JSON, document, "ETag");
            }
            case "GET /{document}" -> operation.answers(200, one, Operation.JSON, document, "ETag");
            case "PATCH /{document}" -> operation.takes("If-Match")
                    .body(Operation.JSON, Schemas.object(
                            Map.of("name", TEXT, "tags", Schemas.array(TEXT), "is_archived", Map.of("type", "boolean")),
                            List.of()))
                    .answers(200, one, Operation.JSON, document, "ETag");
            case "POST /{document}/versions/{version}/restore" ->
                operation.answers(200, one, Operation.JSON, document, "ETag");
            case "DELETE /{document}", "DELETE /uploads/{upload}" -> operation.answers(204, "It is gone.");
            case "GET /{document}/versions" -> operation.takes("limit")
                    .answers(200, "Its versions.", Operation.JSON, page(Map.of("type", "object")));
            case "GET /{document}/content", "GET /{document}/versions/{version}/content" ->
                operation.answers(200, "The content.", "*/*", BYTES, "ETag");
            case "POST /uploads" -> operation.answers(201, "It has begun.", "Location", "Tus-Resumable");
            case "PATCH /uploads/{upload}" -> operation.body("application/offset+octet-stream", BYTES)
                    .answers(204, "They are taken.", "Upload-Offset", "Tus-Resumable");
            default -> operation;
        };
    }

    private static Map<String, Object> page(Object items) {
        return Schemas.object(
                Map.of("items", Schemas.array(items), "next", Map.of("type", List.of("string", "null"))),
                List.of("items", "next"));
    }

    private static void describe(AppDocument document) {
        Map<String, Object> folder = new LinkedHashMap<>();
        List.of("name", "ref", "description").forEach(name -> folder.put(name, TEXT));
        folder.put("document_types", Schemas.array(TEXT));
        List.of("max_bytes", "used_bytes").forEach(name -> folder.put(name, WHOLE));
        folder.put("cleanup_days", Map.of("type", List.of("integer", "null")));
        List.of("is_active", "archive_first", "may_create").forEach(name ->
                folder.put(name, Map.of("type", "boolean")));
        document.schema("Folder", Map.of("type", "object", "properties", folder));
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("id", Map.of("type", "string", "format", "uuid"));
        List.of("name", "mime_type", "sha256", "owner").forEach(name -> known.put(name, TEXT));
        List.of("size_bytes", "version").forEach(name -> known.put(name, WHOLE));
        known.put("tags", Schemas.array(TEXT));
        known.put("is_archived", Map.of("type", "boolean"));
        known.put("archived_at", Map.of("type", List.of("string", "null"), "format", "date-time"));
        List.of("created_at", "updated_at").forEach(name -> known.put(name, TIME));
        known.put("updated_by", TEXT);
        document.schema("Document", Map.of("type", "object", "properties", known));
    }
}
