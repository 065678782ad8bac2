package dev.appos.dispatch;

import dev.appos.base.JsonLog;
import dev.appos.base.JsonLog.Category;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line for each call: what, for whom, how long, how it ended. Values are never logged, only names.
final class Trace {

    private final JsonLog log;
    private final Clock clock;

    Trace(JsonLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void done(Context context, Call call, Definition definition, long nanos) {
        Map<String, Object> line = line("INFO", event(definition, call), context, call);
        line.put("duration_ms", nanos / 1000 / 1000.0);
        line.put("success", true);
        log.add(folder(definition), Category.EXECUTION, clock.instant(), line);
    }

    void denied(Context context, Call call, Definition definition, String rule, List<Ref> chain) {
        Map<String, Object> line = line("WARNING", "security_denied", context, call);
        line.put("permission_needed", call.input().action().permission().word());
        line.put("rule", rule);
        chained(line, chain);
        log.add(folder(definition), Category.SECURITY, clock.instant(), line);
    }

    void refused(Context context, Call call, Optional<Definition> definition, Refusal refusal, List<Ref> chain) {
        Map<String, Object> line = line("INFO", "call_refused", context, call);
        line.put("success", false);
        line.put("reason", refusal.reason().name());
        chained(line, chain);
        log.add(definition.map(Trace::folder).orElse("system"), Category.EXECUTION, clock.instant(), line);
    }

    void failed(Context context, Call call, Optional<Definition> definition, Throwable fault, List<Ref> chain) {
        Map<String, Object> line = line("ERROR", "call_failed", context, call);
        fault(line, fault);
        chained(line, chain);
        log.add(definition.map(Trace::folder).orElse("system"), Category.EXECUTION, clock.instant(), line);
    }

    /// A filter that failed denies, and the owner of the app has to hear of it.
    void filterFailed(Context context, RecordDefinition record, Throwable fault) {
        Map<String, Object> line = line("ERROR", "row_filter_failed", context, record.ref());
        fault(line, fault);
        log.add(folder(record), Category.SECURITY, clock.instant(), line);
    }

    /// Which objects led here, where any did.
    private static void chained(Map<String, Object> line, List<Ref> chain) {
        if (!chain.isEmpty()) {
            line.put("dependency_chain", chain.stream().map(Ref::toString).toList());
        }
    }

    private static Map<String, Object> line(String level, String event, Context context, Call call) {
        Map<String, Object> line = line(level, event, context, call.ref());
        line.put("action", call.input().action().word());
        return line;
    }

    private static Map<String, Object> line(String level, String event, Context context, Ref ref) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("level", level);
        line.put("event", event);
        line.put("execution_id", context.executionId());
        line.put("object_ref", ref.toString());
        line.put("object_type", ref.type());
        line.put("app", ref.app());
        line.put("user_id", context.principal().name());
        return line;
    }

    private static void fault(Map<String, Object> line, Throwable fault) {
        StringWriter stack = new StringWriter();
        fault.printStackTrace(new PrintWriter(stack));
        line.put("success", false);
        line.put("error_type", fault.getClass().getName());
        line.put("message", String.valueOf(fault.getMessage()));
        line.put("stack", stack.toString());
    }

    private static String event(Definition definition, Call call) {
        return switch (definition) {
            case RecordDefinition _ -> switch (call.input().action()) {
                case CREATE -> "record_created";
                case UPDATE -> "record_updated";
                case DELETE -> "record_deleted";
                case LIST, GET, RUN, READ, START, STEP, RENDER -> "record_viewed";
            };
            case RuleDefinition _ -> "rule_executed";
            case ConstantDefinition _ -> "constant_read";
            case ProcessDefinition _ -> "process_called";
            case InterfaceDefinition _, PageDefinition _ -> "screen_rendered";
            case PlatformDefinition _ -> "platform_called";
        };
    }

    private static String folder(Definition definition) {
        return definition instanceof PlatformDefinition ? "admin" : definition.ref().kind();
    }
}
