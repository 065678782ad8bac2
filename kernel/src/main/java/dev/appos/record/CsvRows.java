package dev.appos.record;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the rows of a CSV file as values of a record's fields. A fault is named by line and column: `/12/email`.
///
/// @param lines in the order of the file
record CsvRows(List<Line> lines) {

    /// A row and the line it begins on.
    record Line(long number, Map<String, Object> values) {}

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// A cell's place in the file and what it holds.
    private record Header(String written, String column, ValueType type, List<String> choices) {}

    /// @throws Refusal naming every header and cell that cannot be understood
    static CsvRows read(RecordDefinition record, Path file) {
        // This reader, other than the library's own, refuses bytes that are not UTF-8.
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text)) {
            Iterator<CsvRecord> lines = reader.iterator();
            if (!lines.hasNext()) {
                throw Refusal.invalid(what(file), "", "empty", "has no header");
            }
            List<Header> headers = headers(record, file, lines.next());
            return new CsvRows(rows(file, headers, lines));
        } catch (IOException | UncheckedIOException e) {
            Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
            throw unreadable(file, cause instanceof CharacterCodingException
                    ? "it is not UTF-8" : String.valueOf(cause.getMessage()));
        } catch (CsvParseException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal unreadable(Path file, String why) {
        return Refusal.malformed(what(file) + " cannot be read: " + why + ".", "Send CSV in UTF-8 with a header.");
    }

    private static String what(Path file) {
        return "The file " + file.getFileName();
    }

    private static List<Header> headers(RecordDefinition record, Path file, CsvRecord line) {
        Faults faults = new Faults();
        List<Header> headers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String written : line.getFields()) {
            Optional<Header> header = header(record, written.replace(BYTE_ORDER_MARK, "").strip());
            if (header.isEmpty()) {
                List<String> known = new ArrayList<>(record.fields().stream().map(FieldDefinition::name).toList());
                known.add(RecordTable.ID);
                faults.add(Faults.pointer(written), "unknown",
                        "is no field of " + record.ref() + ". " + Nearest.remedy(written, known));
            } else if (!seen.add(header.get().column())) {
                faults.add(Faults.pointer(written), "twice", "stands in the header twice");
            } else {
                headers.add(header.get());
            }
        }
        faults.refuse(what(file));
        return headers;
    }

    private static Optional<Header> header(RecordDefinition record, String written) {
        Optional<FieldDefinition> field = record.field(written).or(() -> record.embedded(written));
        if (field.isPresent()) {
            return field.map(each -> new Header(written, each.name(), each.type(), each.choices()));
        }
        boolean key = written.equals(RecordTable.ID) || written.equals(record.ref().name() + "_id");
        return key ? Optional.of(new Header(written, RecordTable.ID, ValueType.LONG, List.of())) : Optional.empty();
    }

    private static List<Line> rows(Path file, List<Header> headers, Iterator<CsvRecord> lines) {
        Faults faults = new Faults();
        List<Line> rows = new ArrayList<>();
        while (lines.hasNext() && !faults.full()) {
            CsvRecord line = lines.next();
            String place = "/" + line.getStartingLineNumber();
            if (line.getFieldCount() != headers.size()) {
                faults.add(place, "size", "has " + line.getFieldCount() + " cells instead of " + headers.size());
                continue;
            }
            if (rows.size() == Creates.MOST_IMPORTED) {
                throw Refusal.tooLarge(
                        what(file) + " has more than " + Creates.MOST_IMPORTED + " rows.", "Split it into several.");
            }
            rows.add(new Line(line.getStartingLineNumber(), row(headers, line, place, faults)));
        }
        faults.refuse(what(file));
        return rows;
    }

    private static Map<String, Object> row(List<Header> headers, CsvRecord line, String place, Faults faults) {
        Map<String, Object> row = LinkedHashMap.newLinkedHashMap(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            String cell = line.getField(i);
            // An empty cell is no value, so that the default of the field applies.
            if (!cell.isEmpty()) {
                try {
                    row.put(header.column(), Values.parse(header.type(), header.choices(), cell));
                } catch (IllegalArgumentException e) {
                    faults.add(place + Faults.pointer(header.written()), "type", String.valueOf(e.getMessage()));
                } catch (Refusal refusal) {
                    faults.add(place + Faults.pointer(header.written()), "type", "must be JSON");
                }
            }
        }
        return row;
    }
}
