package dev.appos.data;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file with one JSON object on each line.
final class JsonLines implements RowFile {

    /// Characters of one line; it is held in memory.
    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private final Path file;
    private final Optional<String> encoding;
    private final Reader text;
    private final StringBuilder line = new StringBuilder();
    private long number;

    private JsonLines(Path file, ImportOptions options, Reader text) {
        this.file = file;
        this.encoding = options.encoding();
        this.text = text;
    }

    static JsonLines open(Path file, ImportOptions options) throws IOException {
        return new JsonLines(file, options, Encoding.open(file, options.encoding()));
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public @Nullable FileRow next() {
        while (read()) {
            if (!line.toString().isBlank()) {
                return row(line.toString());
            }
        }
        return null;
    }

    private FileRow row(String written) {
        try {
            return new FileRow(number, Json.object(Json.read(written), "The row"), Optional.empty());
        } catch (Refusal refusal) {
            return new FileRow(number, Map.of(), Optional.of("is no JSON object"));
        }
    }

    private boolean read() {
        line.setLength(0);
        number++;
        try {
            int each = text.read();
            boolean any = each >= 0;
            while (each >= 0 && each != '\n') {
                if (line.length() == LONGEST_LINE) {
                    throw Refusal.malformed("Line " + number + " is longer than " + LONGEST_LINE + " characters.",
                            "Send one JSON object on each line.");
                }
                line.append((char) each);
                each = text.read();
            }
            return any;
        } catch (CharacterCodingException _) {
            throw Encoding.malformed(file, encoding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
