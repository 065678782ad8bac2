package dev.appos.dispatch;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Action;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Input;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.Lifecycle;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Upserted;
import dev.appos.secure.Principal;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.JsonLog;
import dev.appos.trace.LogType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The log's lines about a call: what, for whom, how long, how it ended. Values are never logged, only names and ids.
final class CallLines {

    /// More records than this are counted and not named.
    private static final int MOST_IDS = 20;

    private final JsonLog log;
    private final Clock clock;

    CallLines(JsonLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void done(Context context, Track track, Definition definition, @Nullable Object answer, long nanos) {
        Instant now = clock.instant();
        Call call = track.call();
        LogType type = type(definition);
        Map<String, Object> line = line(event(definition, call), context, call);
        line.put("duration_ms", millis(nanos));
        line.put("success", true);
        details(line, definition, call, answer);
        if (!track.used().isEmpty()) {
            line.put("dependencies_accessed", track.used());
        }
        log.add(type, Category.EXECUTION, Level.INFO, now, line);
        if (type.categories().contains(Category.PERFORMANCE)) {
            Map<String, Object> measured = line(call.ref().type() + "_performance", context, call);
            measured.put("duration_ms", millis(nanos));
            measured.put("query_count", track.queries());
            log.add(type, Category.PERFORMANCE, Level.INFO, now, measured);
        }
    }

    /// One line of app code made the same call again and again.
    void repeated(Context context, Track track, Repeats.Repeated repeated) {
        Map<String, Object> line = line("repeated_calls", context, track.call());
        line.put("target", repeated.ref() + "." + repeated.action().word());
        line.put("line", repeated.line());
        line.put("count", repeated.count());
        line.put("remedy", remedy(repeated.action()));
        LogType type = LogType.ofShelf(track.call().ref().kind());
        Category category = type.categories().contains(Category.PERFORMANCE)
                ? Category.PERFORMANCE
                : Category.EXECUTION;
        log.add(type, category, Level.WARNING, clock.instant(), line);
    }

    private static String remedy(Action action) {
        return switch (action) {
            case GET, LIST -> "Ask once: select(…) reaches through references, groupBy(…) answers a figure for "
                    + "each, in(…) takes a list of ids.";
            case CREATE -> "Add them in one call: createAll(…).";
            case UPDATE, DELETE -> "Change them in one call: update(where, …) or delete(where).";
            case TRASH, RESTORE, PURGE, FOLLOW, RUN, READ, START, STEP, RENDER ->
                "Call it once with a list, or outside the loop.";
        };
    }

    /// One object used another.
    void accessed(Context context, Track outer, Track inner) {
        if (log.writes(Level.DEBUG)) {
            Map<String, Object> line = line("dependency_accessed", context, outer.call());
            line.put("source", outer.call().ref().toString());
            line.put("target", inner.call().ref().toString());
            line.put("access", inner.call().input().action().access());
            LogType type = LogType.ofShelf(outer.call().ref().kind());
            log.add(type, Category.EXECUTION, Level.DEBUG, clock.instant(), line);
        }
    }

    void denied(Context context, Call call, Definition definition, String rule, @Nullable Track source) {
        Map<String, Object> line = line("security_denied", context, call);
        line.put("permission_needed", call.input().action().permission().word());
        line.put("rule", rule);
        line.put("user_groups", new TreeSet<>(groups(context.principal())));
        if (source != null) {
            line.put("source_object", source.call().ref().toString());
            List<String> chain = source.chain();
            chain.add(call.ref().toString());
            line.put("dependency_chain", chain);
        }
        log.add(type(definition), Category.SECURITY, Level.WARNING, clock.instant(), line);
    }

    void refused(Context context, Track track, Optional<Definition> definition, Refusal refusal) {
        Map<String, Object> line = line("call_refused", context, track.call());
        line.put("duration_ms", millis(track.nanos()));
        line.put("success", false);
        line.put("reason", refusal.reason().name());
        List<String> chain = track.chain();
        if (chain.size() > 1) {
            line.put("dependency_chain", chain);
        }
        log.add(type(definition), Category.EXECUTION, Level.INFO, clock.instant(), line);
    }

    void failed(Context context, Track track, Optional<Definition> definition, Throwable fault) {
        Map<String, Object> line = line("call_failed", context, track.call());
        line.put("duration_ms", millis(track.nanos()));
        line.put("success", false);
        line.put("dependency_chain", track.chain());
        line.putAll(Faults.of(fault));
        log.add(type(definition), Category.EXECUTION, Level.ERROR, clock.instant(), line);
    }

    /// A row filter that failed denies.
    void filterFailed(Context context, RecordDefinition record, Throwable fault) {
        Map<String, Object> line = line("row_filter_failed", context, record.ref());
        line.put("success", false);
        line.putAll(Faults.of(fault));
        log.add(LogType.RECORDS, Category.SECURITY, Level.ERROR, clock.instant(), line);
    }

    private static Map<String, Object> line(String event, Context context, Call call) {
        Map<String, Object> line = line(event, context, call.ref());
        line.put("action", call.input().action().word());
        return line;
    }

    private static Map<String, Object> line(String event, Context context, Ref ref) {
        Map<String, Object> line = LinkedHashMap.newLinkedHashMap(16);
        line.put("event", event);
        line.put("execution_id", context.executionId());
        line.put("object_ref", ref.toString());
        line.put("object_type", ref.type());
        line.put("app", ref.app());
        line.put("user_id", context.principal().name());
        return line;
    }

    private static void details(
            Map<String, Object> line, Definition definition, Call call, @Nullable Object answer) {
        switch (definition) {
            case RecordDefinition _ -> record(line, call, answer);
            case ProcessDefinition _ -> {
                if (answer instanceof UUID instance && call.input() instanceof Input.Start) {
                    line.put("process_instance_id", instance.toString());
                }
            }
            case FolderDefinition _ -> line.put("operation", call.input().action().word());
            case RuleDefinition _, ConstantDefinition _, InterfaceDefinition _, PageDefinition _,
                    PlatformDefinition _ -> { }
        }
    }

    private static void record(Map<String, Object> line, Call call, @Nullable Object answer) {
        line.put("operation", call.input().action().word());
        switch (call.input()) {
            case Input.GetRecord get -> line.put("record_id", get.id());
            case Lifecycle.History history -> line.put("record_id", history.id());
            case Input.UpdateRecord update -> {
                line.put("record_id", update.id());
                line.put("fields_changed", List.copyOf(update.changes().keySet()));
            }
            case Input.PatchRecord patch -> line.put("record_id", patch.id());
            case Input.DeleteRecord delete -> line.put("record_id", delete.id());
            case Input.UpdateRecords update -> {
                ids(line, answer);
                line.put("fields_changed", List.copyOf(update.changes().keySet()));
            }
            case Input.DeleteRecords _ -> ids(line, answer);
            case Input.UpdateEach update -> {
                ids(line, answer);
                line.put("fields_changed", fields(update.each().stream().map(Input.UpdateRecord::changes)));
            }
            case Input.UpsertRecords upsert -> {
                ids(line, answer instanceof Upserted upserted ? upserted.written() : answer);
                line.put("fields_changed", fields(upsert.rows().stream()));
            }
            case Lifecycle.Restore restore -> line.put("record_id", restore.id());
            case Lifecycle.Purge purge -> line.put("record_id", purge.id());
            case Lifecycle.Follow follow -> line.put("event", follow.event());
            case Input.CreateRecords create -> {
                ids(line, answer);
                line.put("fields_changed", fields(create.rows().stream()));
            }
            case Input.Documents documents -> documents.record().ifPresent(id -> line.put("record_id", id));
            case Input.ImportRecords part -> line.put("records", part.rows().size());
            case Lifecycle.ListTrash _, Lifecycle.EmptyTrash _, Input.ListRecords _, Input.ScanRecords _,
                    Input.CountRecords _, Input.SumRecords _, Input.AggregateRecords _, Input.FollowRecords _,
                    Input.Run _, Input.Start _, Input.ReadConstant _, Input.Render _, Input.Step _ -> { }
        }
    }

    private static Set<String> fields(Stream<Map<String, Object>> rows) {
        Set<String> fields = new TreeSet<>();
        rows.limit(MOST_IDS).forEach(row -> fields.addAll(row.keySet()));
        return fields;
    }

    private static void ids(Map<String, Object> line, @Nullable Object answer) {
        if (!(answer instanceof List<?> rows)) {
            return;
        }
        List<Object> ids = rows.stream()
                .limit(MOST_IDS)
                .map(row -> row instanceof Map<?, ?> values ? values.get("id") : null)
                .filter(Number.class::isInstance)
                .map(Object.class::cast)
                .toList();
        line.put("record_id", ids.size() == 1 ? ids.getFirst() : ids);
        line.put("records", rows.size());
    }

    private static String event(Definition definition, Call call) {
        return switch (definition) {
            case FolderDefinition _ -> documents(call);
            case RecordDefinition _ when call.input() instanceof Input.Documents -> documents(call);
            case RecordDefinition _ -> switch (call.input().action()) {
                case CREATE -> "record_created";
                case UPDATE -> "record_updated";
                case DELETE -> "record_deleted";
                case RESTORE -> "record_restored";
                case PURGE -> "record_purged";
                case FOLLOW -> "record_event";
                case LIST, GET, TRASH, RUN, READ, START, STEP, RENDER -> "record_viewed";
            };
            case RuleDefinition _ -> "rule_executed";
            case ConstantDefinition _ -> "constant_read";
            case ProcessDefinition _ -> call.input() instanceof Input.Start ? "process_started" : "process_called";
            case InterfaceDefinition _, PageDefinition _ -> "screen_rendered";
            case PlatformDefinition _ -> "admin_action";
        };
    }

    private static String documents(Call call) {
        return switch (call.input().action()) {
            case CREATE -> "document_uploaded";
            case UPDATE -> "document_updated";
            case DELETE -> "document_deleted";
            case LIST, GET, TRASH, RESTORE, PURGE, FOLLOW, RUN, READ, START, STEP, RENDER -> "document_viewed";
        };
    }

    private static Set<String> groups(Principal principal) {
        return switch (principal) {
            case Principal.User user -> user.groups();
            case Principal.Agent agent -> agent.actsFor().groups();
            case Principal.Platform _ -> Set.of();
        };
    }

    private static double millis(long nanos) {
        return nanos / 1000 / 1000.0;
    }

    private static LogType type(Optional<Definition> definition) {
        return definition.map(CallLines::type).orElse(LogType.SYSTEM);
    }

    private static LogType type(Definition definition) {
        return switch (definition) {
            case RecordDefinition _ -> LogType.RECORDS;
            case RuleDefinition _ -> LogType.RULES;
            case ConstantDefinition _ -> LogType.CONSTANTS;
            case ProcessDefinition _ -> LogType.PROCESSES;
            case InterfaceDefinition _ -> LogType.INTERFACES;
            case PageDefinition _ -> LogType.PAGES;
            case FolderDefinition _ -> LogType.DOCUMENTS;
            case PlatformDefinition _ -> LogType.ADMIN;
        };
    }
}
