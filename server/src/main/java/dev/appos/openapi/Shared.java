package dev.appos.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the operations of all documents share: problem documents, headers and the options of lists.
final class Shared {

    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private Shared() {}

    /// The statuses with which anything can be refused, each with a problem document.
    static Map<String, Object> refusals(String operation) {
        boolean writes = !operation.startsWith("get.");
        Map<String, Object> refusals = new LinkedHashMap<>();
        refuse(refusals, 400, "Malformed");
        refuse(refusals, 401, "Unauthenticated");
        refuse(refusals, 403, "Forbidden");
        refuse(refusals, 404, "NotFound");
        if (writes) {
            refuse(refusals, 409, "Conflict");
            refuse(refusals, 412, "Stale");
            refuse(refusals, 413, "TooLarge");
            refuse(refusals, 428, "Held");
        }
        refuse(refusals, 422, "Invalid");
        refuse(refusals, 429, "OverBudget");
        refuse(refusals, 503, "Unavailable");
        refuse(refusals, 500, "Failure");
        return refusals;
    }

    private static void refuse(Map<String, Object> refusals, int status, String name) {
        refusals.put(String.valueOf(status), Map.of("$ref", "#/components/responses/" + name));
    }

    static Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("Malformed", problem("The request cannot be read."));
        responses.put("Unauthenticated", problem("Who are you?"));
        responses.put("Forbidden", problem("You may know of it, but not do this."));
        responses.put("NotFound", problem("There is no such thing, or it is not yours to know."));
        responses.put("Conflict", problem("It contradicts what is there."));
        responses.put("Stale", problem("Someone else changed it: the version is no longer that of If-Match."));
        responses.put("TooLarge", problem("It is too large."));
        responses.put("Invalid", problem("It is not valid; errors says where, by JSON Pointer."));
        responses.put("Held", problem("It waits for an approval."));
        responses.put("OverBudget", problem("A limit is reached; Retry-After says for how long."));
        responses.put("Unavailable", problem("Not now; Retry-After says when."));
        responses.put("Failure", problem("A fault of the platform or of the app's code."));
        return responses;
    }

    private static Map<String, Object> problem(String description) {
        return Map.of("description", description, "content", Map.of("application/problem+json", Map.of(
                "schema", ref("Problem"))));
    }

    /// A schema that is described once.
    static Map<String, Object> ref(String schema) {
        return Map.of("$ref", "#/components/schemas/" + schema);
    }

    /// Names of schemas that are no record's: those have a small first letter.
    static Map<String, Object> schemas() {
        Map<String, Object> problem = new LinkedHashMap<>();
        List.of("type", "title").forEach(name -> problem.put(name, TEXT));
        problem.put("status", Map.of("type", "integer"));
        problem.put("detail", Map.of("type", "string", "description", "what was refused, and why"));
        problem.put("remedy", Map.of("type", "string", "description", "what to do next"));
        problem.put("execution_id", Map.of("type", "string", "description", "under which it is logged"));
        problem.put("timestamp", Map.of("type", "string", "format", "date-time"));
        List.of("object_ref", "object_type", "code", "message", "hint").forEach(name -> problem.put(name, TEXT));
        problem.put("details", Map.of("type", List.of("string", "null")));
        problem.put("errors", Schemas.array(Schemas.object(
                Map.of("path", Map.of("type", "string", "description", "JSON Pointer"), "code", TEXT, "message", TEXT),
                List.of("path", "code", "message"))));
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put("Problem", Map.of(
                "type", "object", "description", "A problem document (RFC 9457).", "properties", problem,
                "required", List.of("type", "title", "status", "detail", "remedy")));
        schemas.put("Patch", Schemas.array(Map.of(
                "type", "object", "description", "An operation of a JSON Patch (RFC 6902).", "properties", Map.of(
                        "op", Map.of("enum", List.of("add", "remove", "replace", "move", "copy", "test")),
                        "path", TEXT, "from", TEXT, "value", Map.of()),
                "required", List.of("op", "path"))));
        return schemas;
    }

    static Map<String, Object> parameters() {
        Map<String, Object> all = new LinkedHashMap<>();
        query(all, "select", "Which columns: `id,name`; aliases `label:name`, casts, paths into JSON, figures, and "
                + "embedded records `customer(name)`. `*` is all of them.", TEXT);
        query(all, "order", "`column.asc,other.desc.nullslast`", TEXT);
        query(all, "limit", "How many at most.", Map.of("type", "integer", "minimum", 0));
        query(all, "offset", "How many are left out before.", Map.of("type", "integer", "minimum", 0));
        query(all, "after", "Goes on after a page: as its Link header said.", TEXT);
        query(all, "search", "Text to find.", TEXT);
        query(all, "having", "Conditions on groups, as in `and`.", TEXT);
        query(all, "and", "Conditions that all hold: `(total.gt.5,or(a.eq.1,b.is.null))`", TEXT);
        query(all, "or", "Conditions of which one holds.", TEXT);
        query(all, "columns", "Of what is sent, only these columns count.", TEXT);
        query(all, "on_conflict", "The columns of the key, with Prefer: resolution.", TEXT);
        header(all, "Range", "Another way to say limit and offset: `0-24`.");
        header(all, "If-Match", "The ETag that was read: refused with 412 if the record has moved on.");
        header(all, "If-None-Match", "The ETag that is known: 304 if nothing has changed.");
        header(all, "Idempotency-Key", "1 to 255 characters: the same key, the same answer, done once.");
        prefer(all, "Prefer.read", "`count=exact`, `count=planned`, `count=estimated`");
        prefer(all, "Prefer.write", "`return=minimal`, `return=headers-only`, `return=representation`, "
                + "`return=results`; `resolution=merge-duplicates`, `resolution=ignore-duplicates`; `missing=default`; "
                + "`max-affected=n`; `atomic=false`; `tx=rollback`; `count=exact`");
        prefer(all, "Prefer.one", "`return=minimal`, `return=representation`; `resolution=merge-fields`; "
                + "`tx=rollback`");
        return all;
    }

    private static void query(Map<String, Object> all, String name, String description, Map<String, Object> schema) {
        all.put(name, Map.of("name", name, "in", "query", "description", description, "schema", schema));
    }

    private static void header(Map<String, Object> all, String name, String description) {
        all.put(name, Map.of("name", name, "in", "header", "description", description, "schema", TEXT));
    }

    private static void prefer(Map<String, Object> all, String key, String description) {
        all.put(key, Map.of("name", "Prefer", "in", "header", "description", description, "schema", TEXT));
    }
}
