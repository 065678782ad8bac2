package dev.appos.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.object.Query.Selected;
import dev.appos.object.RecordDefinition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Rows in the form a client asked for: a JSON array, one JSON object, or CSV.
final class Rows {

    private static final String SINGULAR = "application/vnd.pgrst.object";

    private Rows() {}

    static Response response(Request request, RecordDefinition record, int status, List<Map<String, Object>> rows) {
        String accept = request.header("Accept").orElse("");
        if (accept.contains(SINGULAR)) {
            return rows.size() == 1
                    ? new Response(status, SINGULAR + "+json", Map.of(), Json.bytes(rows.getFirst()))
                    : notSingular(record, rows.size());
        }
        if (accept.contains("text/csv")) {
            return new Response(status, "text/csv", Map.of(), csv(rows).getBytes(StandardCharsets.UTF_8));
        }
        return new Response(status, Response.JSON, Map.of(), Json.bytes(rows));
    }

    /// One row; it holds plain values already.
    static Response one(Map<String, Object> row) {
        return new Response(200, Response.JSON, Map.of(), Json.bytes(row));
    }

    /// The changed rows with no more than the columns the caller selected.
    static List<Map<String, Object>> only(Request request, Columns columns, List<Map<String, Object>> rows) {
        List<Selected> select = new QueryParser(columns, request.query()).select();
        if (select.isEmpty()) {
            return rows;
        }
        List<String> wanted = new ArrayList<>();
        for (Selected selected : select) {
            switch (selected) {
                case Selected.Column column -> wanted.add(column.name());
                case Selected.Embed embed -> throw Refusal.malformed(
                        "The record " + embed.name() + " cannot be embedded in the answer to a change.",
                        "Select columns only, and GET the record for more.");
            }
        }
        return rows.stream()
                .map(row -> {
                    Map<String, Object> chosen = new LinkedHashMap<>();
                    wanted.forEach(column -> chosen.put(column, row.get(column)));
                    return chosen;
                })
                .toList();
    }

    /// PostgREST's answer when one record was asked for and there is another number of them.
    private static Response notSingular(RecordDefinition record, int count) {
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
                        "detail", "One of " + record.plural() + " was asked for and " + count + " fit.",
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
