package dev.appos.trace;

import dev.appos.base.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;

/// The platform's log: JSON lines in `{folder}/{type}/{category}/{day}.jsonl`, written off the path of requests.
///
/// A caller only puts an entry into a bounded queue. When the queue is full the oldest entry is dropped and counted,
/// performance before execution; security entries are never dropped: what was refused must not be lost to what was
/// served. One entry is one line whatever names hold, and what looks like a secret is masked on the way ([Redaction]).
public final class JsonLog implements AutoCloseable {

    /// What an entry tells; also its folder.
    public enum Category {
        EXECUTION,
        PERFORMANCE,
        SECURITY;

        /// The folder: `execution`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How much an entry matters.
    public enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// One object a line.
    private static final ObjectWriter LINES = Json.mapper().writer().withRootValueSeparator("\n");

    private static final int USUAL_LINE_BYTES = 300;
    private static final int SECOND_LENGTH = 20;
    private static final long SECONDS_A_DAY = 86_400;

    private final LogSettings settings;
    private final Redaction redaction;
    private final LogFiles files;
    private final LogQueue queue;
    private final Thread writer;
    private volatile Level level;
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    /// A log with the usual settings.
    public JsonLog(Path folder) {
        this(folder, LogSettings.DEFAULT, Redaction.ON);
    }

    public JsonLog(Path folder, LogSettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
        this.level = settings.level();
        this.files = new LogFiles(folder, settings);
        this.queue = new LogQueue(settings.queueMax(), settings.batch());
        this.writer = Thread.ofPlatform().name("log").daemon().start(this::write);
    }

    /// Logs one entry; an entry of a category that its type has not goes to the executions.
    ///
    /// @param fields JSON-like values, `event` first; `timestamp` and `level` are put in front
    /// @return whether it was taken without anything being dropped for it
    public boolean add(LogType type, Category category, Level level, Instant at, Map<String, Object> fields) {
        if (!writes(level) && category != Category.SECURITY) {
            return true;
        }
        Category kept = type.categories().contains(category) ? category : Category.EXECUTION;
        return queue.add(new LogEntry(type, kept, level, at, fields));
    }

    /// Logs something about the platform itself.
    public boolean system(Level level, Instant at, String event, Map<String, Object> fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(fields);
        return add(LogType.SYSTEM, Category.EXECUTION, level, at, line);
    }

    /// Whether entries of this level are written at the moment.
    public boolean writes(Level entry) {
        return entry.compareTo(level) >= 0;
    }

    /// From now on only entries of this level and above are written.
    public void level(Level from) {
        level = from;
    }

    public Level level() {
        return level;
    }

    /// The files, for reading them and keeping them small.
    public LogFiles files() {
        return files;
    }

    /// How many entries were lost because the disk could not keep up.
    public long dropped() {
        long sum = 0;
        for (Category category : Category.values()) {
            sum += queue.dropped(category);
        }
        return sum;
    }

    /// How many entries of one category were lost.
    public long dropped(Category category) {
        return queue.dropped(category);
    }

    /// How many entries wait for their file.
    public int waiting() {
        return queue.size();
    }

    private void write() {
        List<LogEntry> batch = new ArrayList<>();
        while (queue.drainTo(batch, settings.flush().toNanos())) {
            try {
                append(batch);
            } catch (IOException | UncheckedIOException e) {
                queue.lost(batch);
            }
            batch.clear();
        }
    }

    private void append(List<LogEntry> batch) throws IOException {
        Map<LogFiles.Day, List<LogEntry>> days = new LinkedHashMap<>();
        for (LogEntry entry : batch) {
            long day = Math.floorDiv(entry.at().getEpochSecond(), SECONDS_A_DAY);
            days.computeIfAbsent(new LogFiles.Day(entry.type(), entry.category(), day), _ -> new ArrayList<>())
                    .add(entry);
        }
        for (Map.Entry<LogFiles.Day, List<LogEntry>> day : days.entrySet()) {
            files.append(files.of(day.getKey()), lines(day.getValue()));
        }
    }

    private byte[] lines(List<LogEntry> entries) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(entries.size() * USUAL_LINE_BYTES);
        try (JsonGenerator json = LINES.createGenerator(text)) {
            entries.forEach(entry -> write(json, entry));
        }
        text.write('\n');
        return text.toByteArray();
    }

    /// As times stand in the log: to the millisecond, so that they compare as texts.
    static String time(Instant at) {
        return TIME.format(at);
    }

    private void write(JsonGenerator json, LogEntry entry) {
        Map<String, Object> line = LinkedHashMap.newLinkedHashMap(entry.fields().size() + 2);
        line.put("timestamp", quickTime(entry.at()));
        line.put("level", entry.level().name());
        redaction.into(line, entry.fields());
        value(json, line);
    }

    /// By hand, because a line is written in microseconds and finding out how to write a map takes as long.
    private static void value(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, each) -> {
                    json.writeName((String) name);
                    value(json, each);
                });
                json.writeEndObject();
            }
            case Collection<?> list -> {
                json.writeStartArray();
                list.forEach(each -> value(json, each));
                json.writeEndArray();
            }
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case null, default -> json.writePOJO(value);
        }
    }

    /// The same as [#time(Instant)], for entries that come one after the other: a line is written in microseconds.
    private String quickTime(Instant at) {
        if (at.getEpochSecond() != second) {
            second = at.getEpochSecond();
            secondText = time(at).substring(0, SECOND_LENGTH);
        }
        int millis = at.getNano() / 1_000_000;
        return secondText + (char) ('0' + millis / 100) + (char) ('0' + millis / 10 % 10) + (char) ('0' + millis % 10)
                + 'Z';
    }

    /// Writes what is waiting and ends.
    @Override
    public void close() {
        queue.close();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
