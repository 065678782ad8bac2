package dev.appos.trace;

import dev.appos.trace.JsonLog.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// The files of the log: one a day, a folder each type and category, in time compressed and at last deleted.
///
/// `2026-11-20.jsonl` is the one being written; a file put aside for its size is `2026-11-20.1.jsonl` and so on;
/// an old one is `2026-11-20.jsonl.gz`.
public final class LogFiles {

    private final Path folder;
    private final LogSettings settings;

    /// One file.
    ///
    /// @param part of its day: 0 for the last
    record Part(Path path, LogType type, Category category, LocalDate day, int part) {

        boolean compressed() {
            return path.toString().endsWith(".gz");
        }
    }

    public LogFiles(Path folder, LogSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /// What goes into one file.
    ///
    /// @param number of the day since 1970
    record Day(LogType type, Category category, long number) {}

    Path of(Day day) {
        return folder(day.type(), day.category()).resolve(LocalDate.ofEpochDay(day.number()) + ".jsonl");
    }

    private Path folder(LogType type, Category category) {
        return folder.resolve(type.folder()).resolve(category.word());
    }

    void append(Path file, byte[] lines) throws IOException {
        if (Files.notExists(file.getParent())) {
            Files.createDirectories(file.getParent());
            onlyOwner(folder);
        }
        if (settings.fileMaxBytes() > 0 && Files.exists(file) && Files.size(file) >= settings.fileMaxBytes()) {
            putAside(file);
        }
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void putAside(Path file) throws IOException {
        String day = file.getFileName().toString().replace(".jsonl", "");
        int number = 1;
        while (Files.exists(file.resolveSibling(day + "." + number + ".jsonl"))
                || Files.exists(file.resolveSibling(day + "." + number + ".jsonl.gz"))) {
            number++;
        }
        Files.move(file, file.resolveSibling(day + "." + number + ".jsonl"));
    }

    /// Who did what is nobody else's business on this machine.
    private static void onlyOwner(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /// The files of one folder, in no order.
    List<Part> parts(LogType type, Category category) {
        Path path = folder(type, category);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            files.forEach(file -> part(file, type, category, parts));
        } catch (IOException | UncheckedIOException _) {
            // Deleted meanwhile: nothing in it any more.
            return List.of();
        }
        return parts;
    }

    private static void part(Path file, LogType type, Category category, List<Part> parts) {
        String name = file.getFileName().toString();
        if (!name.matches("\\d{4}-\\d\\d-\\d\\d(\\.\\d{1,6})?\\.jsonl(\\.gz)?")) {
            return;
        }
        String number = name.substring(10).replaceAll("\\.jsonl(\\.gz)?", "").replace(".", "");
        try {
            LocalDate day = LocalDate.parse(name.substring(0, 10));
            parts.add(new Part(file, type, category, day, number.isEmpty() ? 0 : Integer.parseInt(number)));
        } catch (DateTimeParseException _) {
            // Not one of ours.
            return;
        }
    }

    /// What a clean-up did.
    public record Cleaned(int deleted, int compressed) {}

    /// Deletes what is older than its category is kept, and compresses what is older than a week. What is being written
    /// today is not touched.
    ///
    /// @throws IOException if a file cannot be read, written or deleted; the others are looked at next time
    public Cleaned clean(LocalDate today) throws IOException {
        int deleted = 0;
        int compressed = 0;
        for (LogType type : LogType.values()) {
            for (Category category : type.categories()) {
                for (Part part : parts(type, category)) {
                    if (part.day().isBefore(today.minusDays(settings.retention().days(category)))) {
                        Files.deleteIfExists(part.path());
                        deleted++;
                    } else if (!part.compressed() && part.day().isBefore(today.minusDays(settings.compressDays()))) {
                        compress(part.path());
                        compressed++;
                    }
                }
            }
        }
        return new Cleaned(deleted, compressed);
    }

    private static void compress(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
            in.transferTo(out);
        }
        Files.move(unfinished, file.resolveSibling(file.getFileName() + ".gz"), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(file);
    }
}
