package dev.appos.generate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.appos.api.ReferentialAction;
import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.ValueType;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads from a CSV file what fields a record of its rows would have.
public final class CsvFields {

    private static final int MOST_ROWS = 100_000;
    private static final int MOST_COLUMNS = 200;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvFields() {}

    /// A field for each column, but for the key of the rows: the platform gives ids. A column `customer_id` of whole
    /// numbers becomes a reference where the app has a record of that name.
    ///
    /// @param record  what the rows shall become
    /// @param records those that are there to be referred to
    /// @throws Refusal if the file cannot be read
    public static List<FieldDefinition> read(Ref record, Path file, Set<Ref> records) {
        List<ColumnGuess> columns = columns(file);
        List<FieldDefinition> fields = new ArrayList<>();
        for (ColumnGuess column : columns) {
            FieldDefinition field = column.field();
            if (!field.name().equals("id") && !field.name().equals(record.name() + "_id")) {
                fields.add(reference(record, field, records).orElse(field));
            }
        }
        return fields;
    }

    private static Optional<FieldDefinition> reference(Ref record, FieldDefinition field, Set<Ref> records) {
        boolean whole = field.type() == ValueType.INTEGER || field.type() == ValueType.LONG;
        if (!whole || !field.name().endsWith("_id")) {
            return Optional.empty();
        }
        String name = field.name().substring(0, field.name().length() - "_id".length());
        Ref to = new Ref(record.app(), "records", name);
        return records.contains(to)
                ? Optional.of(FieldSpecs.reference(Names.camel(name), to, ReferentialAction.RESTRICT)
                        .with(field.traits()))
                : Optional.empty();
    }

    private static List<ColumnGuess> columns(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text)) {
            Iterator<CsvRecord> lines = reader.iterator();
            if (!lines.hasNext()) {
                throw unreadable(file, "it has no header");
            }
            List<ColumnGuess> columns = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (String header : lines.next().getFields()) {
                columns.add(new ColumnGuess(name(header, columns.size() + 1, names)));
            }
            if (columns.size() > MOST_COLUMNS) {
                throw unreadable(file, "it has more than " + MOST_COLUMNS + " columns");
            }
            for (int row = 0; row < MOST_ROWS && lines.hasNext(); row++) {
                CsvRecord line = lines.next();
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).see(i < line.getFieldCount() ? line.getField(i) : "");
                }
            }
            return columns;
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    /// A name that Java takes, made of what stands there: `Unit Price (EUR)` becomes `unitPriceEur`.
    static String name(String header, int number, Set<String> taken) {
        String words = Names.snake(header.replace(BYTE_ORDER_MARK, "").strip()).toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String name = Names.camel(words);
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            name = "n" + name;
        }
        // The key of the rows stays what it is: it is left out later.
        if (!name.equals("id") && !FieldSpecs.usable(name)) {
            name = FieldSpecs.usable(name + "Value") ? name + "Value" : "column" + number;
        }
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }

    private static Refusal unreadable(Path file, String why) {
        return Refusal.malformed("The file " + file + " cannot be read: " + why + ".",
                "Give a CSV file in UTF-8 with a header.");
    }
}
