package dev.appos.data;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of rows, read from its beginning to its end with as much memory as its longest row takes.
interface RowFile extends AutoCloseable {

    /// The names in the header; empty where each row brings its own.
    List<String> names();

    /// The next row, or null at the end.
    ///
    /// @throws Refusal if the file is broken here, so that what follows means nothing
    @Nullable FileRow next();

    @Override
    void close();

    /// Opens a file.
    ///
    /// @throws Refusal if it cannot be read, or has no header where it needs one
    static RowFile open(Path file, ImportOptions options) {
        try {
            return switch (options.format()) {
                case CSV -> CsvFile.open(file, options);
                case JSONL -> JsonLines.open(file, options);
            };
        } catch (IOException e) {
            throw Refusal.unavailable("The file cannot be read: " + e.getMessage(), "Send it again.");
        }
    }
}
