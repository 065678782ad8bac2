package dev.appos.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes rows to a file, one after the other, so that an import reads back what they were.
///
/// CSV as [CsvFile] reads it: null is an empty cell, the empty text is `""`, and null is `\N` where an empty cell would
/// mean the default of a field. Lists, maps and embedded records are JSON.
public final class Exporting {

    /// What begins a formula in a spreadsheet.
    private static final String FORMULA = "=+-@\t\r";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final QuoteStrategy QUOTES = new QuoteStrategy() {
        @Override
        public boolean quoteEmpty(int line, int field) {
            return true;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the mark itself stands without quotes, a text like it does not
        public boolean quoteValue(int line, int field, String value) {
            return value.equals(CsvFile.NULL) && value != CsvFile.NULL;
        }
    };

    /// What kind of file it is.
    public enum Format {
        CSV("text/csv; charset=utf-8"),
        JSONL("application/x-ndjson");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        /// The media type.
        public String type() {
            return type;
        }
    }

    private final Format format;
    private final boolean spreadsheet;
    private final List<String> names;
    private final Set<String> defaulted;
    private final OutputStream to;
    private @Nullable CsvWriter csv;

    /// @param spreadsheet whether texts that a spreadsheet would take for formulas get a `'` before them
    /// @param names       of the columns, for a file without rows
    public Exporting(
            RecordDefinition record, Format format, boolean spreadsheet, List<String> names, OutputStream to) {
        this.format = format;
        this.spreadsheet = spreadsheet;
        this.names = names;
        this.defaulted = record.fields().stream()
                .filter(field -> field.defaultValue().isPresent())
                .map(FieldDefinition::name)
                .collect(Collectors.toSet());
        this.to = to;
    }

    private Exporting(List<String> names, OutputStream to) {
        this.format = Format.CSV;
        this.spreadsheet = false;
        this.names = names;
        this.defaulted = Set.of();
        this.to = to;
    }

    /// Writes CSV of these columns, of whatever rows.
    static Exporting raw(List<String> names, OutputStream to) {
        return new Exporting(names, to);
    }

    /// What is exported unless something else is asked for: what an import takes.
    public static List<String> columns(RecordDefinition record) {
        List<String> columns = new ArrayList<>(List.of(Mapping.ID));
        record.fields().stream().filter(field -> !field.readOnly()).map(FieldDefinition::name).forEach(columns::add);
        return columns;
    }

    /// The names of the columns of a query.
    public static List<String> names(Query query, RecordDefinition record) {
        List<String> names = new ArrayList<>();
        for (Query.Selected selected : query.select()) {
            names.add(selected.called());
        }
        return names.isEmpty() ? columns(record) : names;
    }

    /// Writes a row by column.
    public void row(Map<String, @Nullable Object> row) {
        switch (format) {
            case CSV -> {
                List<String> columns = List.copyOf(row.keySet());
                List<@Nullable String> cells = new ArrayList<>(columns.size());
                for (String column : columns) {
                    cells.add(cell(column, row.get(column), columns.size()));
                }
                csv(columns).writeRecord(cells);
            }
            case JSONL -> {
                try {
                    to.write(Json.bytes(row));
                    to.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /// Ends the file.
    public void end() {
        try {
            if (format == Format.CSV) {
                csv(names).flush();
            }
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CsvWriter csv(List<String> columns) {
        CsvWriter known = csv;
        if (known != null) {
            return known;
        }
        if (spreadsheet) {
            try {
                to.write(BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        CsvWriter made = CsvWriter.builder().quoteStrategy(QUOTES).build(to, StandardCharsets.UTF_8);
        made.writeRecord(columns);
        csv = made;
        return made;
    }

    private @Nullable String cell(String column, @Nullable Object value, int columns) {
        // A line with nothing on it is no row.
        boolean marked = columns == 1 || defaulted.contains(column);
        return switch (value) {
            case null -> marked ? CsvFile.NULL : null;
            case String text -> spreadsheet && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
                    ? "'" + text : text;
            case BigDecimal number -> number.toPlainString();
            case Map<?, ?> map -> Json.write(Plain.of(map));
            case List<?> list -> Json.write(Plain.of(list));
            default -> value.toString();
        };
    }
}
