package dev.appos.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What PostgreSQL and its tools wrote since they were last started.
///
/// @param file appended to by the server
record PostgresLog(Path file) {

    private static final long BYTES_MAX = 1 << 20;

    private static final String SILENCE = "it said nothing, which a full disk would explain";

    private static final Pattern COMPLAINT = Pattern.compile("(?:FATAL|PANIC|ERROR|error): +(.*)");

    /// Begins a new file, keeping the last one beside it.
    void rotate() throws IOException {
        if (Files.exists(file)) {
            Path previous = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The last complaint in the log, or its last line, or words that say there is none.
    String reason() throws IOException {
        List<String> lines = lines();
        return lines.reversed().stream()
                .map(COMPLAINT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? SILENCE : lines.getLast());
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file) || Files.size(file) > BYTES_MAX) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\n")).map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
