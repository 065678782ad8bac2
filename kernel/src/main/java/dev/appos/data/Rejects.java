package dev.appos.data;

import dev.appos.base.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of a file that were wrong, as they stand there, with the line and what is wrong behind them: to be mended
/// and sent again as they are.
public final class Rejects {

    private final ImportParts parts;

    Rejects(ImportParts parts) {
        this.parts = parts;
    }

    /// Writes the faulty rows of a job that the caller was found to know of.
    public void write(String id, OutputStream to) {
        UUID job = UUID.fromString(id);
        Job known = parts.database().read(sql -> JobTable.find(sql, job)).orElseThrow();
        Map<Long, String> wrong = new LinkedHashMap<>();
        parts.database().read(sql -> JobTable.errors(sql, job, -1, Integer.MAX_VALUE)).forEach(error -> wrong.merge(
                (Long) error.get("place"), told(error), (first, more) -> first + "; " + more));
        if (!parts.uploads().has(known.file())) {
            return;
        }
        try (RowFile rows = RowFile.open(parts.uploads().path(known.file()), known.options())) {
            write(rows, wrong, known.options().format(), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(Map<String, @Nullable Object> error) {
        String field = String.valueOf(error.get("field"));
        return (field.isEmpty() ? "" : field + " ") + error.get("message");
    }

    private static void write(
            RowFile rows, Map<Long, String> wrong, ImportOptions.Format format, OutputStream to) throws IOException {
        List<String> names = new ArrayList<>(rows.names());
        names.removeAll(Mapping.NOTES);
        names.addAll(Mapping.NOTES);
        Exporting csv = Exporting.raw(names, to);
        long left = wrong.size();
        FileRow row = rows.next();
        for (long place = 0; row != null && left > 0; place++) {
            String error = wrong.get(place);
            if (error != null) {
                left--;
                Map<String, @Nullable Object> noted = new LinkedHashMap<>();
                if (format == ImportOptions.Format.CSV) {
                    names.forEach(name -> noted.put(name, null));
                }
                noted.putAll(row.values());
                noted.put("_line", row.line());
                noted.put("_error", error);
                if (format == ImportOptions.Format.CSV) {
                    csv.row(noted);
                } else {
                    to.write(Json.bytes(noted));
                    to.write('\n');
                }
            }
            row = rows.next();
        }
        if (format == ImportOptions.Format.CSV) {
            csv.end();
        }
    }
}
