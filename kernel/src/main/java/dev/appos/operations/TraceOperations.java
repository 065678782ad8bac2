package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.time;

import dev.appos.api.Durations;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.trace.AuditCheck;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogSearch;
import dev.appos.trace.LogType;
import dev.appos.trace.Meters;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the platform left behind, for administrators: the log, the numbers, and whether the audit is as it was written.
public final class TraceOperations {

    private static final List<String> CATEGORIES =
            Arrays.stream(Category.values()).map(Category::word).toList();
    private static final List<String> LEVELS =
            Arrays.stream(Level.values()).map(level -> level.name().toLowerCase(Locale.ROOT)).toList();

    private final JsonLog log;
    private final AuditSeal seal;
    private final Meters meters;

    public TraceOperations(JsonLog log, AuditSeal seal, Meters meters) {
        this.log = log;
        this.seal = seal;
        this.meters = meters;
    }

    /// Every rule, for a [dev.appos.dispatch.PlatformEngine].
    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_logs",
                        "Entries of this server's log, newest first; one execution_id is the trace of one call.",
                        Permission.ADMIN,
                        List.of(
                                maybe(text("type")),
                                maybe(choice("category", CATEGORIES)),
                                maybe(text("execution_id")),
                                maybe(text("q")),
                                maybe(time("since")),
                                maybe(number("limit")),
                                maybe(text("cursor"))),
                        body(this::logs)),
                PlatformRule.writes(
                        "set_log_level",
                        "From now on this server logs only entries of this level and above.",
                        Permission.ADMIN,
                        List.of(choice("level", LEVELS)),
                        body(this::level)),
                PlatformRule.reads(
                        "verify_audit",
                        "Whether a row of the audit was edited, taken out, put in or moved, and which.",
                        Permission.ADMIN,
                        List.of(),
                        body(this::verify)),
                PlatformRule.reads(
                        "list_metrics",
                        "How often objects were used on this server, how long it took and how often it failed.",
                        Permission.ADMIN,
                        List.of(maybe(text("ref")), maybe(text("window"))),
                        body(this::metrics)));
    }

    private Object logs(Permit permit, Given given) {
        LogSearch.Found found = LogSearch.page(
                log.files(),
                new LogSearch.Query(
                        given.optional("type").map(LogType::of),
                        given.optional("category").map(word -> Category.valueOf(word.toUpperCase(Locale.ROOT))),
                        given.optional("execution_id"),
                        given.optional("q"),
                        given.instant("since")),
                given.limit(),
                given.optional("cursor"));
        return Pages.of(found.items(), found.next());
    }

    private Object level(Permit permit, Given given) {
        Level level = Level.valueOf(given.required("level").toUpperCase(Locale.ROOT));
        log.level(level);
        return Map.of("level", given.required("level"));
    }

    private @Nullable Object verify(Permit permit, Given given) {
        return Plain.of(AuditCheck.run(permit.sql(), seal, log.files()));
    }

    private Object metrics(Permit permit, Given given) {
        Duration window = window(given.text("window", "1h"));
        return Pages.of(meters.figures(given.optional("ref").map(Ref::of), window), null);
    }

    private static Duration window(String written) {
        try {
            Duration window = Durations.parse(written);
            if (!window.isZero() && window.compareTo(Meters.WINDOW_MAX) <= 0) {
                return window;
            }
        } catch (IllegalArgumentException | ArithmeticException _) {
            throw outside();
        }
        throw outside();
    }

    private static Refusal outside() {
        return Refusal.invalid("The window", "/window", "range", "must be like 5m, 1h or 24h, and a day at most");
    }
}
