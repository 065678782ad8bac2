package dev.appos.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The platform's log: JSON lines in `{folder}/{type}/{category}/{day}.jsonl`, written off the path of requests.
///
/// A caller only puts an entry into a bounded queue. When the queue is full an entry is dropped and counted, except
/// security entries, which wait for room: what was refused must not be lost to what was served.
public final class JsonLog implements AutoCloseable {

    /// What an entry is about; also its folder.
    public enum Category {
        EXECUTION,
        PERFORMANCE,
        SECURITY
    }

    /// More than this many entries waiting means the disk is slower than the calls.
    static final int QUEUE_MAX = 10_000;

    private static final int BATCH_MAX = 500;
    private static final long FLUSH_MS = 100;

    private record Entry(String type, Category category, Instant at, Map<String, Object> fields) {}

    private final Path folder;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final LongAdder dropped = new LongAdder();
    private final Thread writer;
    private volatile boolean closing;

    public JsonLog(Path folder) {
        this.folder = folder;
        this.writer = Thread.ofPlatform().name("log").daemon().start(this::write);
    }

    /// Logs one entry.
    ///
    /// @param type   the folder: `rules`, `records`, `system`, …
    /// @param fields JSON-like values; `timestamp` is put in front
    public void add(String type, Category category, Instant at, Map<String, Object> fields) {
        Entry entry = new Entry(type, category, at, fields);
        if (category != Category.SECURITY) {
            if (!queue.offer(entry)) {
                dropped.increment();
            }
            return;
        }
        try {
            queue.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            dropped.increment();
        }
    }

    /// How many entries were lost because the disk could not keep up.
    public long dropped() {
        return dropped.sum();
    }

    private void write() {
        List<Entry> batch = new ArrayList<>(BATCH_MAX);
        while (!closing || !queue.isEmpty()) {
            try {
                Entry first = queue.poll(FLUSH_MS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH_MAX - 1);
            } catch (InterruptedException _) {
                queue.drainTo(batch, BATCH_MAX);
            }
            try {
                append(batch);
            } catch (IOException | UncheckedIOException e) {
                dropped.add(batch.size());
            }
            batch.clear();
        }
    }

    private void append(List<Entry> batch) throws IOException {
        Map<Path, StringBuilder> texts = new LinkedHashMap<>();
        for (Entry entry : batch) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("timestamp", entry.at().toString());
            line.putAll(entry.fields());
            texts.computeIfAbsent(file(entry), _ -> new StringBuilder()).append(Json.write(line)).append('\n');
        }
        for (Map.Entry<Path, StringBuilder> text : texts.entrySet()) {
            if (Files.notExists(text.getKey().getParent())) {
                Files.createDirectories(text.getKey().getParent());
                onlyOwner(folder);
            }
            Files.writeString(text.getKey(), text.getValue(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /// Who did what is nobody else's business on this machine.
    private static void onlyOwner(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private Path file(Entry entry) {
        LocalDate day = entry.at().atOffset(ZoneOffset.UTC).toLocalDate();
        String category = entry.category().name().toLowerCase(Locale.ROOT);
        return folder.resolve(entry.type()).resolve(category).resolve(day + ".jsonl");
    }

    /// Writes what is waiting and ends.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
