package dev.appos.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.object.RecordDefinition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Rows in the form a client asked for: a JSON array, one JSON object, or CSV.
final class Rows {

    private static final String SINGULAR = "application/vnd.pgrst.object";
    private static final String PLURAL = "application/vnd.pgrst.array";

    private Rows() {}

    /// Whether exactly one record is wanted, as an object.
    static boolean singular(Request request) {
        return request.header("Accept").orElse("").contains(SINGULAR);
    }

    static Response response(Request request, RecordDefinition record, int status, List<Map<String, Object>> rows) {
        String accept = request.header("Accept").orElse("");
        if (accept.isEmpty() || accept.equals("*/*")) {
            return new Response(status, Response.JSON, Map.of(), Json.bytes(rows));
        }
        List<Map<String, Object>> shown =
                accept.contains("nulls=stripped") ? rows.stream().map(Rows::withoutNulls).toList() : rows;
        if (singular(request)) {
            return shown.size() == 1
                    ? new Response(status, SINGULAR + "+json", Map.of(), Json.bytes(shown.getFirst()))
                    : notSingular(record, rows.size());
        }
        if (accept.contains("text/csv")) {
            return new Response(status, "text/csv", Map.of(), csv(rows).getBytes(StandardCharsets.UTF_8));
        }
        if (accept.contains(PLURAL)) {
            return new Response(status, PLURAL + "+json", Map.of(), Json.bytes(shown));
        }
        return accept.contains("json") || accept.contains("*/*") || accept.contains("application/*")
                ? new Response(status, Response.JSON, Map.of(), Json.bytes(shown))
                : Problems.document(406, "Not in this form", "Records are not written as " + accept + ".",
                        "Accept application/json, text/csv or application/vnd.pgrst.object+json.");
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> row) {
        Map<String, Object> kept = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                kept.put(name, withoutNulls(castKeys(nested)));
            } else if (value != null) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    @SuppressWarnings("unchecked") // rows and JSON objects have texts as keys
    private static Map<String, Object> castKeys(Map<?, ?> nested) {
        return (Map<String, Object>) nested;
    }

    /// One row; it holds plain values already.
    static Response one(Map<String, Object> row) {
        return new Response(200, Response.JSON, Map.of(), Json.bytes(row));
    }

    /// PostgREST's answer when one record was asked for and there is another number of them.
    static Response notSingular(RecordDefinition record, int count) {
        return notSingular(record.plural(), count);
    }

    static Response notSingular(String what, int count) {
        return new Response(
                406,
                Problems.TYPE,
                Map.of(),
                Json.bytes(Map.of(
                        "type", "urn:appos:problem:not_singular",
                        "title", "Not one record",
                        "status", 406,
                        "code", "PGRST116",
                        "message", "One record was asked for.",
                        "details", "The result contains " + count + " rows",
                        "hint", "Narrow the filter, or accept an array.",
                        "detail", "One of " + what + " was asked for and " + count + " fit.",
                        "remedy", "Narrow the filter, or accept an array.")));
    }

    private static String csv(List<Map<String, Object>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            if (!rows.isEmpty()) {
                csv.writeRecord(rows.getFirst().keySet());
            }
            rows.forEach(row -> csv.writeRecord(row.values().stream().map(Rows::cell).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String cell(Object value) {
        Object plain = Plain.of(value);
        return plain instanceof Map || plain instanceof List
                ? Json.write(plain)
                : Objects.toString(plain instanceof BigDecimal n ? n.toPlainString() : plain, "");
    }
}
