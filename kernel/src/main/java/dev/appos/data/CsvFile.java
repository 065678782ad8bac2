package dev.appos.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifier;
import dev.appos.base.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A CSV file with a header (RFC 4180). An empty cell is no value, `""` is the empty text, and `\N` without quotes is
/// null where an empty cell would mean the default of a field.
final class CsvFile implements RowFile {

    /// What is written for null where an empty cell would mean something else.
    static final String NULL = "\\N";

    /// Characters of one cell; the parser holds it in memory.
    private static final int LARGEST_CELL = 1024 * 1024;

    private static final int LARGEST_ROW = 4 * LARGEST_CELL;

    /// Characters of the header that are looked at for the delimiter.
    private static final int LOOK_AHEAD = 16 * 1024;

    private static final String DELIMITERS = ",;\t|";

    // Told apart from cells that hold the same by being themselves.
    @SuppressWarnings("StringOperationCanBeSimplified") // an instance of its own
    private static final String NOTHING = new String("");

    private static final FieldModifier MARKING = new FieldModifier() {
        @Override
        public String modify(long line, int index, boolean quoted, String cell) {
            return quoted ? cell : cell.isEmpty() ? NOTHING : cell.equals(NULL) ? NULL : cell;
        }
    };

    private final Path file;
    private final Optional<String> encoding;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> rows;
    private final List<String> names;

    private CsvFile(Path file, ImportOptions options, Reader text) {
        this.file = file;
        this.encoding = options.encoding();
        char delimiter = options.delimiter().orElseGet(() -> delimiter(text));
        this.reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .maxBufferSize(LARGEST_ROW)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(LARGEST_CELL)
                                .maxRecordSize(LARGEST_ROW)
                                .fieldModifier(MARKING)
                                .build(),
                        text);
        this.rows = reader.iterator();
        CsvRecord header = record();
        if (header == null) {
            throw Refusal.invalid("The file", "", "empty", "has no header");
        }
        this.names = header.getFields().stream().map(String::strip).toList();
    }

    static CsvFile open(Path file, ImportOptions options) throws IOException {
        Reader text = Encoding.open(file, options.encoding());
        try {
            return new CsvFile(file, options, text);
        } catch (RuntimeException e) {
            text.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable FileRow next() {
        CsvRecord row = record();
        if (row == null) {
            return null;
        }
        long line = row.getStartingLineNumber();
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(names.size());
        for (int i = 0; i < Math.min(row.getFieldCount(), names.size()); i++) {
            String cell = row.getField(i);
            if (!isNothing(cell)) {
                values.put(names.get(i), isNull(cell) ? null : cell);
            }
        }
        return new FileRow(line, values, row.getFieldCount() == names.size()
                ? Optional.empty()
                : Optional.of("has " + row.getFieldCount() + " cells instead of " + names.size()));
    }

    private @Nullable CsvRecord record() {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException e) {
            throw broken(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? Encoding.malformed(file, encoding) : broken(e);
        }
    }

    private static Refusal broken(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String told = String.valueOf(e.getMessage());
        String why = cause == e ? told : told + ": " + cause.getMessage();
        return Refusal.malformed(
                "The file is no CSV: " + why + ".",
                "Close every quote, write a quote inside a cell twice, and keep cells below " + LARGEST_CELL
                        + " characters.");
    }

    @SuppressWarnings("ReferenceEquality") // only the one made here says that the cell had no quotes
    private static boolean isNothing(String cell) {
        return cell == NOTHING;
    }

    @SuppressWarnings("ReferenceEquality") // only the one made here says that the cell had no quotes
    private static boolean isNull(String cell) {
        return cell == NULL;
    }

    /// The delimiter that stands most often in the header outside quotes.
    private static char delimiter(Reader text) {
        int[] count = new int[DELIMITERS.length()];
        try {
            BufferedReader buffered = (BufferedReader) text;
            buffered.mark(LOOK_AHEAD);
            boolean quoted = false;
            for (int i = 0; i < LOOK_AHEAD; i++) {
                int each = buffered.read();
                if (each < 0 || !quoted && i > 0 && (each == '\n' || each == '\r')) {
                    break;
                }
                quoted ^= each == '"';
                int place = DELIMITERS.indexOf(each);
                if (place >= 0 && !quoted) {
                    count[place]++;
                }
            }
            buffered.reset();
        } catch (CharacterCodingException _) {
            // Told with its line by whoever reads on.
            return DELIMITERS.charAt(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int best = 0;
        for (int i = 1; i < count.length; i++) {
            best = count[i] > count[best] ? i : best;
        }
        return DELIMITERS.charAt(best);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
