package dev.appos.trace;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of one file, the newest first.
final class LogLines implements AutoCloseable {

    private static final int BLOCK = 64 * 1024;

    /// The place of the time in a line: `{"timestamp":"2026-11-20T23:59:59.123Z"`.
    private static final int TIME_AT = 14;
    private static final int TIME_LENGTH = 24;

    private final @Nullable RandomAccessFile file;
    private final Deque<String> lines;
    private long end;
    private byte[] unfinished = new byte[0];
    private long bytes;

    private LogLines(@Nullable RandomAccessFile file, long end, Deque<String> lines) {
        this.file = file;
        this.end = end;
        this.lines = lines;
    }

    /// A file as it was written, from the last line not after a time.
    static LogLines plain(Path path, String notAfter) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        return new LogLines(file, seek(file, notAfter), new ArrayDeque<>());
    }

    /// A compressed file, which can only be read from its beginning: the last so many lines that are wanted.
    static LogLines compressed(Path path, Predicate<String> wanted, int most) throws IOException {
        Deque<String> lines = new ArrayDeque<>();
        LogLines found = new LogLines(null, 0, lines);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path), BLOCK), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                found.bytes += line.length();
                if (wanted.test(line)) {
                    lines.addFirst(line);
                    if (lines.size() > most) {
                        lines.removeLast();
                    }
                }
            }
        }
        return found;
    }

    /// The time of a line, empty when it has none.
    static String time(String line) {
        return line.length() < TIME_AT + TIME_LENGTH ? "" : line.substring(TIME_AT, TIME_AT + TIME_LENGTH);
    }

    /// The next older line, null when there is none.
    @Nullable String next() throws IOException {
        while (lines.isEmpty() && file != null && (end > 0 || unfinished.length > 0)) {
            block(file);
        }
        return lines.pollFirst();
    }

    /// How much was read.
    long bytes() {
        return bytes;
    }

    private void block(RandomAccessFile from) throws IOException {
        int size = (int) Math.min(BLOCK, end);
        byte[] block = new byte[size + unfinished.length];
        from.seek(end - size);
        from.readFully(block, 0, size);
        System.arraycopy(unfinished, 0, block, size, unfinished.length);
        end -= size;
        bytes += size;
        int start = 0;
        if (end > 0) {
            // What stands before the first line break began in the block before.
            while (start < block.length && block[start] != '\n') {
                start++;
            }
        }
        unfinished = end > 0 ? Arrays.copyOf(block, start) : new byte[0];
        String text = new String(block, start, block.length - start, StandardCharsets.UTF_8);
        text.lines().filter(line -> !line.isBlank()).forEach(lines::addFirst);
    }

    /// The place behind the last line that is not after a time. Lines of one file stand in order but for moments, so
    /// what is a second younger is taken along.
    private static long seek(RandomAccessFile file, String notAfter) throws IOException {
        long low = 0;
        long high = file.length();
        while (high - low > BLOCK) {
            long middle = (low + high) / 2;
            file.seek(middle);
            line(file);
            String time = time(line(file));
            if (time.isEmpty() || time.compareTo(notAfter) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        // To the end of a line, and one block further for what stands out of order.
        file.seek(Math.min(file.length(), high + BLOCK));
        line(file);
        return Math.min(file.length(), file.getFilePointer());
    }

    private static String line(RandomAccessFile file) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] block = new byte[512];
        while (true) {
            long at = file.getFilePointer();
            int read = file.read(block);
            if (read <= 0) {
                return line.toString(StandardCharsets.UTF_8);
            }
            for (int i = 0; i < read; i++) {
                if (block[i] == '\n') {
                    line.write(block, 0, i);
                    file.seek(at + i + 1);
                    return line.toString(StandardCharsets.UTF_8);
                }
            }
            line.write(block, 0, read);
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
