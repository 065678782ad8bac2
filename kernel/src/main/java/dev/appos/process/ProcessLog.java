package dev.appos.process;

import dev.appos.base.Ref;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The log's lines about instances and their steps. What went in and came out is in the journal and not in the log.
final class ProcessLog {

    private ProcessLog() {}

    /// An attempt at a step has ended, or waits for a person.
    static void step(Run run, Entry entry, Ref called) {
        String event = switch (entry.status()) {
            case DONE -> "step_completed";
            case FAILED -> "step_failed";
            case WAITING -> "step_waiting";
            case RUNNING -> "step_started";
            case SKIPPED -> "step_skipped";
            case INTERRUPTED -> "step_interrupted";
        };
        Map<String, Object> line = line(run, event);
        line.put("step_name", entry.path());
        line.put("called", called.toString());
        line.put("attempt", entry.attempt());
        line.put("status", entry.status().word());
        long millis = Duration.between(entry.times().started(), run.now()).toMillis();
        line.put("duration_ms", millis);
        Level level = entry.status() == Entry.Status.FAILED ? Level.WARNING : Level.INFO;
        add(run, LogType.STEPS, Category.EXECUTION, level, line);
        Map<String, Object> measured = line(run, "step_performance");
        measured.put("step_name", entry.path());
        measured.put("duration_ms", millis);
        add(run, LogType.STEPS, Category.PERFORMANCE, Level.INFO, measured);
    }

    /// Something was done about a task that nobody does.
    ///
    /// @param who may do it
    static void task(Run run, String path, String event, String who) {
        Map<String, Object> line = line(run, event);
        line.put("step_name", path);
        line.put("who", who);
        add(run, LogType.STEPS, Category.EXECUTION, Level.INFO, line);
    }

    /// An instance has ended.
    ///
    /// @param status `completed`, `failed` or `cancelled`
    static void ended(Run run, String status) {
        Map<String, Object> line = line(run, "process_" + status);
        line.put("started_by", run.instance().starter().name());
        line.put("duration_ms", Duration.between(run.instance().starter().at(), run.now()).toMillis());
        Level level = status.equals("failed") ? Level.WARNING : Level.INFO;
        add(run, LogType.PROCESSES, Category.EXECUTION, level, line);
    }

    /// The body of a process threw.
    static void failed(Run run, Throwable cause) {
        Map<String, Object> line = line(run, "process_body_failed");
        line.putAll(Faults.of(cause));
        add(run, LogType.PROCESSES, Category.EXECUTION, Level.ERROR, line);
    }

    private static Map<String, Object> line(Run run, String event) {
        Instance instance = run.instance();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("execution_id", instance.starter().executionId());
        line.put("object_ref", instance.process().toString());
        line.put("app", instance.process().app());
        line.put("user_id", instance.starter().name());
        line.put("process_instance_id", instance.id().toString());
        return line;
    }

    private static void add(Run run, LogType type, Category category, Level level, Map<String, Object> line) {
        JsonLog log = run.means().parts().log();
        Instant now = run.means().parts().clock().instant();
        log.add(type, category, level, now, line);
    }
}
