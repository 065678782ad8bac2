package dev.appos.cli;

import dev.appos.api.Durations;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.boot.Settings;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.LogFiles;
import dev.appos.trace.LogSearch;
import dev.appos.trace.LogSearch.Found;
import dev.appos.trace.LogSearch.Query;
import dev.appos.trace.LogType;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `appos logs`: entries of the log, read from its files, the oldest of them first as one reads.
@Command(
        name = "logs",
        description = "Prints entries of the log; logs verify checks the audit.",
        subcommands = VerifyAudit.class)
final class Logs implements Callable<Integer> {

    private static final long LOOK_NANOS = 300_000_000;
    private static final int PAGE = 500;

    private final Clock clock;

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of one type, such as rules or rule.")
    private @Nullable String type;

    @Option(names = "--category", paramLabel = "NAME", description = "execution, performance or security.")
    private @Nullable String category;

    @Option(names = "--execution-id", paramLabel = "ID", description = "Only of one call: its trace.")
    private @Nullable String executionId;

    @Option(names = "--since", paramLabel = "TIME", description = "Since 2h ago, or since 2026-11-20T09:00:00Z.")
    private @Nullable String since;

    @Option(names = "--q", paramLabel = "TEXT", description = "Only with this text somewhere.")
    private @Nullable String text;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "The newest so many (100).")
    private int limit = 100;

    @Option(names = "--follow", description = "Goes on printing until Ctrl-C.")
    private boolean follow;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print it.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    Logs(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Settings settings = where.settings(home.folder());
        LogFiles files = new LogFiles(settings.logs(), settings.log());
        if (limit < 1 || limit > 100_000) {
            throw Refusal.malformed("--limit is " + limit + ".", "Write a number between 1 and 100000.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Query query = query(since == null ? Optional.empty() : Optional.of(time(since)));
        List<Map<String, Object>> last = newest(files, query, limit);
        last.reversed().forEach(entry -> print(out, entry));
        out.flush();
        if (follow) {
            follow(files, out, last);
        }
        return 0;
    }

    private Query query(Optional<Instant> from) {
        return new Query(
                Optional.ofNullable(type).map(LogType::of),
                Optional.ofNullable(category).map(Logs::category),
                Optional.ofNullable(executionId),
                Optional.ofNullable(text),
                from);
    }

    private static Category category(String word) {
        for (Category each : Category.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw Refusal.malformed("There is no category " + word + ".", "Write execution, performance or security.");
    }

    private Instant time(String written) {
        try {
            return written.contains("T") && !written.startsWith("P")
                    ? Instant.parse(written)
                    : clock.instant().minus(Durations.parse(written));
        } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException _) {
            throw Refusal.malformed(
                    "--since " + written + " is no time.", "Write 30m, 2h, 3 days or 2026-11-20T09:00:00Z.");
        }
    }

    private static List<Map<String, Object>> newest(LogFiles files, Query query, int most) {
        List<Map<String, Object>> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Found page = LogSearch.page(files, query, Math.min(PAGE, most - all.size()), cursor);
            all.addAll(page.items());
            cursor = Optional.ofNullable(page.next());
        } while (cursor.isPresent() && all.size() < most);
        return all;
    }

    private void follow(LogFiles files, PrintWriter out, List<Map<String, Object>> printed) {
        Set<Map<String, Object>> seen = new HashSet<>(printed);
        Instant from = printed.isEmpty()
                ? clock.instant()
                : Instant.parse((String) printed.getFirst().get("timestamp"));
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
            // A second of overlap, for entries that were a moment longer on their way.
            List<Map<String, Object>> found = newest(files, query(Optional.of(from.minusSeconds(1))), 100_000);
            Set<Map<String, Object>> still = new HashSet<>();
            for (Map<String, Object> entry : found.reversed()) {
                still.add(entry);
                if (!seen.contains(entry)) {
                    print(out, entry);
                    from = Instant.parse((String) entry.get("timestamp"));
                }
            }
            seen = still;
            out.flush();
        }
    }

    private void print(PrintWriter out, Map<String, Object> entry) {
        if (format == Format.json) {
            out.println(Json.write(entry));
            return;
        }
        Map<String, Object> rest = new LinkedHashMap<>(entry);
        StringBuilder line = new StringBuilder();
        for (String name : List.of("timestamp", "level", "event", "object_ref", "user_id")) {
            Object value = rest.remove(name);
            if (value != null) {
                line.append(value).append(' ');
            }
        }
        List.of("app", "type", "category").forEach(rest::remove);
        rest.forEach((name, value) -> line.append(name.toLowerCase(Locale.ROOT)).append('=').append(value).append(' '));
        // What steers a terminal must not come out of a log.
        out.println(line.toString().strip().replaceAll("\\p{Cntrl}", "?"));
    }
}
