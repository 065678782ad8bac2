package dev.appos.web;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a body: a JSON object, a JSON array of them, or CSV with a header.
final class RowBody {

    private final Columns columns;
    private final RecordDefinition record;

    RowBody(Columns columns) {
        this.columns = columns;
        this.record = columns.record().orElseThrow();
    }

    /// The rows that were sent; of each no more than `columns` lists, where that is given.
    ///
    /// @param defaults whether a listed column that a row leaves out gets its default; otherwise it is null
    List<Map<String, @Nullable Object>> read(Request request, boolean defaults) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (request.header("Content-Type").orElse("").startsWith("text/csv")) {
            rows.addAll(csv(request.body()));
        } else if (request.json() instanceof List<?> list) {
            list.forEach(row -> rows.add(Json.object(row, "Each record")));
        } else {
            rows.add(request.object());
        }
        Optional<String> listed = request.query("columns");
        return listed.isEmpty() ? rows : listed(listed.get(), rows, defaults);
    }

    private List<Map<String, @Nullable Object>> listed(
            String written, List<Map<String, @Nullable Object>> rows, boolean defaults) {
        List<String> names = new ArrayList<>();
        for (String name : written.split(",", -1)) {
            names.add(columns.known(name.strip().replace("\"", "")));
        }
        return rows.stream().map(row -> {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            for (String name : names) {
                // The platform writes its own columns, whoever leaves them out.
                if (row.containsKey(name) || !defaults && record.field(name).isPresent()) {
                    kept.put(name, row.get(name));
                }
            }
            return kept;
        }).toList();
    }

    private List<Map<String, @Nullable Object>> csv(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            List<CsvRecord> lines = CsvReader.builder()
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text).stream().toList();
            if (lines.isEmpty()) {
                throw Refusal.malformed("The body is empty.", "Send a line of column names, then the records.");
            }
            List<String> names = lines.getFirst().getFields().stream()
                    .map(name -> name.replace("\uFEFF", "").strip()).toList();
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                rows.add(row(names, lines.get(i).getFields(), i - 1));
            }
            return rows;
        } catch (CharacterCodingException _) {
            throw Refusal.malformed("The body is not UTF-8.", "Send CSV in UTF-8.");
        } catch (CsvParseException e) {
            throw Refusal.malformed("The body is not CSV: " + e.getMessage() + ".", "Send CSV in UTF-8 with a header.");
        }
    }

    private Map<String, @Nullable Object> row(List<String> names, List<String> cells, int place) {
        if (cells.size() != names.size()) {
            throw Refusal.invalid("The CSV", "/" + place, "size",
                    "has " + cells.size() + " cells, and the header " + names.size());
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), value(names.get(i), cells.get(i), place));
        }
        return row;
    }

    /// An empty cell and `NULL` are nothing, as in what the platform and PostgREST themselves write.
    private @Nullable Object value(String column, String cell, int place) {
        Optional<FieldDefinition> field = record.field(column);
        if (cell.isEmpty() || cell.equals("NULL")) {
            return null;
        }
        try {
            return field.isEmpty() ? cell : Values.parse(field.get().type(), field.get().choices(), cell);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The CSV", "/" + place + "/" + column, "type", String.valueOf(e.getMessage()));
        }
    }
}
