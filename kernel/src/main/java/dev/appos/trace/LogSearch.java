package dev.appos.trace;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.trace.AuditChain.Head;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.LogFiles.Part;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds entries in the files of the log, the newest first, with a bounded amount of reading for each page. All types
/// together by one execution id are the trace of one call.
public final class LogSearch {

    /// So much is read for one page; what is older comes with the next.
    private static final long READ_MAX = 64L * 1024 * 1024;

    private static final String LATEST = "9999-12-31T23:59:59.999Z";

    private final LogFiles files;
    private final Query query;
    private final int limit;
    private final String from;
    private final int skip;
    private final List<Map<String, Object>> found = new ArrayList<>();
    private String at = LATEST;
    private int same;
    private long read;

    /// Which entries are wanted. What is absent does not matter.
    ///
    /// @param text stands somewhere in the entry, in any case of letters
    public record Query(
            Optional<LogType> type,
            Optional<Category> category,
            Optional<String> executionId,
            Optional<String> text,
            Optional<Instant> since) {}

    /// Some entries.
    ///
    /// @param next where the following page begins, null when there is nothing older
    public record Found(List<Map<String, Object>> items, @Nullable String next) {}

    /// The lines of one type and category on one day.
    private record Source(List<LogLines> parts, String name) {}

    /// A line on its way to be compared with those of other sources.
    private record Line(String text, Source source) {

        String time() {
            return LogLines.time(text);
        }
    }

    private LogSearch(LogFiles files, Query query, int limit, Optional<String> cursor) {
        this.files = files;
        this.query = query;
        this.limit = limit;
        String[] place = cursor.orElse(LATEST + "~0").split("~", -1);
        if (place.length != 2 || place[0].length() != LATEST.length() || !place[1].matches("\\d{1,6}")) {
            throw Refusal.invalid("The log", "/cursor", "form", "must be the \"next\" of the page before");
        }
        this.from = place[0];
        this.skip = Integer.parseInt(place[1]);
    }

    /// At most `limit` entries.
    ///
    /// @param cursor the `next` of the page before
    /// @throws Refusal if the cursor is none, or the files cannot be read
    public static Found page(LogFiles files, Query query, int limit, Optional<String> cursor) {
        LogSearch search = new LogSearch(files, query, limit, cursor);
        try {
            return search.all();
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The log cannot be read: " + e.getClass().getSimpleName() + ".", "Look at the folder of the log.");
        }
    }

    /// The head of the audit's chain as the log last knew it.
    static Optional<Head> anchor(LogFiles files) {
        Query sealed = new Query(
                Optional.of(LogType.SYSTEM), Optional.of(Category.SECURITY), Optional.empty(),
                Optional.of("\"event\":\"" + AuditChain.SEALED + "\""), Optional.empty());
        return page(files, sealed, 1, Optional.empty()).items().stream()
                .filter(line -> line.get("seq") instanceof Number && line.get("hash") instanceof String)
                .map(line -> new Head(((Number) line.get("seq")).longValue(), (String) line.get("hash")))
                .findFirst();
    }

    private Found all() throws IOException {
        for (Map.Entry<LocalDate, List<Part>> day : days().descendingMap().entrySet()) {
            boolean later = day.getKey().toString().compareTo(from.substring(0, 10)) > 0;
            boolean before = query.since()
                    .map(since -> day.getKey().toString().compareTo(JsonLog.time(since).substring(0, 10)) < 0)
                    .orElse(false);
            if (!later && !before && !day(day.getValue())) {
                return new Found(found, at + "~" + same);
            }
        }
        return new Found(found, null);
    }

    private TreeMap<LocalDate, List<Part>> days() {
        TreeMap<LocalDate, List<Part>> days = new TreeMap<>();
        for (LogType type : LogType.values()) {
            for (Category category : type.categories()) {
                if (query.type().map(type::equals).orElse(true)
                        && query.category().map(category::equals).orElse(true)) {
                    files.parts(type, category)
                            .forEach(part -> days.computeIfAbsent(part.day(), _ -> new ArrayList<>()).add(part));
                }
            }
        }
        return days;
    }

    /// Goes through one day; answers whether there is room for an older one.
    private boolean day(List<Part> parts) throws IOException {
        List<LogLines> opened = new ArrayList<>();
        try {
            PriorityQueue<Line> newest = new PriorityQueue<>(
                    Comparator.comparing(Line::time).reversed().thenComparing(line -> line.source().name()));
            for (Source source : sources(parts, opened)) {
                advance(source, newest);
            }
            while (!newest.isEmpty()) {
                Line line = newest.remove();
                if (wanted(line.text()) && !take(line)) {
                    return false;
                }
                advance(line.source(), newest);
                if (read + opened.stream().mapToLong(LogLines::bytes).sum() > READ_MAX) {
                    step(line.time());
                    return false;
                }
            }
            return true;
        } finally {
            for (LogLines lines : opened) {
                read += lines.bytes();
                lines.close();
            }
        }
    }

    private List<Source> sources(List<Part> parts, List<LogLines> opened) throws IOException {
        Map<String, List<Part>> named = new TreeMap<>();
        parts.forEach(part -> named.computeIfAbsent(
                part.type().folder() + "/" + part.category().word(), _ -> new ArrayList<>()).add(part));
        List<Source> sources = new ArrayList<>();
        for (Map.Entry<String, List<Part>> entry : named.entrySet()) {
            // The one without a number is the newest, and then the one with the highest.
            entry.getValue().sort(Comparator.comparingInt(
                    part -> part.part() == 0 ? Integer.MIN_VALUE : -part.part()));
            List<LogLines> lines = new ArrayList<>();
            for (Part part : entry.getValue()) {
                LogLines one = part.compressed()
                        ? LogLines.compressed(part.path(), this::wanted, limit + skip + 1)
                        : LogLines.plain(part.path(), from);
                opened.add(one);
                lines.add(one);
            }
            sources.add(new Source(lines, entry.getKey()));
        }
        return sources;
    }

    private static void advance(Source source, PriorityQueue<Line> newest) throws IOException {
        for (LogLines part : source.parts()) {
            String text = part.next();
            if (text != null) {
                newest.add(new Line(text, source));
                return;
            }
        }
    }

    private boolean wanted(String line) {
        String time = LogLines.time(line);
        return time.compareTo(from) <= 0
                && query.since().map(since -> time.compareTo(JsonLog.time(since)) >= 0).orElse(true)
                && query.executionId().map(line::contains).orElse(true)
                && query.text().map(text -> line.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }

    /// Takes an entry; answers false when the page is full and this one belongs to the next.
    private boolean take(Line line) {
        if (found.size() == limit) {
            return false;
        }
        step(line.time());
        same++;
        if (line.time().equals(from) && same <= skip) {
            return true;
        }
        try {
            Map<String, Object> entry = Json.object(Json.read(line.text()), "line");
            if (query.executionId().map(id -> id.equals(entry.get("execution_id"))).orElse(true)) {
                String[] place = line.source().name().split("/");
                entry.put("type", place[0]);
                entry.put("category", place[1]);
                found.add(entry);
            }
        } catch (Refusal _) {
            // The last line of a server that was killed while it wrote.
            return true;
        }
        return true;
    }

    /// Counts how many entries of one time were passed, so that the next page begins behind them.
    private void step(String time) {
        if (!time.equals(at)) {
            at = time;
            same = 0;
        }
    }
}
