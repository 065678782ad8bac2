package dev.appos.dispatch;

import dev.appos.api.Flow;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What happened in the business, as the rules of an app tell it: rows, written in the transaction of the call that
/// tells, so that nothing is told that did not happen.
public final class EventLog {

    /// The longest name of what happened.
    public static final int LONGEST_TYPE = 200;

    /// The most that is told with it, in characters of JSON.
    public static final int LONGEST_DATA = 20_000;

    /// Ends the name of what is told when something that listens could not be started.
    private static final String NOT_STARTED = ".not_started";

    private static final String ADD = """
            insert into appos.event_log (app, event_type, event_source, object_ref, user_id, execution_id,
                                         process_instance_id, data, timestamp)
            values (?, ?, ?, ?, ?, ?, ?, cast(? as json), cast(? as timestamptz))""";

    private static final String SWEEP = "delete from appos.event_log where timestamp < cast(? as timestamptz)";

    /// Which entries are wanted.
    ///
    /// @param before only entries older than the one with this id
    public record Wanted(
            String app, Optional<String> type, Optional<String> object, Optional<String> executionId,
            Optional<Instant> since, Optional<Long> before) {}

    private EventLog() {}

    /// The process instance in whose step the call is made, if it is made in one.
    public static Optional<UUID> process() {
        return Flow.CURRENT.isBound() ? Flow.CURRENT.get().process() : Optional.empty();
    }

    static void add(Permit permit, String type, @Nullable String object, Map<String, Object> data) {
        String json = Json.write(Plain.of(data));
        if (type.isBlank() || type.length() > LONGEST_TYPE) {
            throw Refusal.invalid(
                    "The event", "/type", "length", "must be named in 1 to " + LONGEST_TYPE + " characters");
        }
        if (json.length() > LONGEST_DATA) {
            throw Refusal.tooLarge(
                    "More than " + LONGEST_DATA + " characters of JSON are told of " + type + ".",
                    "Keep it in a record and tell its id.");
        }
        Context context = permit.context();
        permit.sql().execute(
                ADD, permit.definition().ref().app(), type, permit.definition().ref().toString(), object,
                context.principal().name(), context.executionId(), process().map(UUID::toString).orElse(null), json,
                context.at().atOffset(ZoneOffset.UTC));
        if (!type.endsWith(NOT_STARTED)) {
            tellListeners(permit, type, object, data);
        }
    }

    /// A start that is refused is told too: whoever tells of something goes on whoever listens.
    private static void tellListeners(
            Permit permit, String type, @Nullable String object, Map<String, Object> data) {
        String event = permit.definition().ref().app() + ".events." + type;
        for (Map<String, @Nullable Object> came : Listening.tell(permit, event, data)) {
            if (came.get("error") != null) {
                String name = type.substring(0, Math.min(type.length(), LONGEST_TYPE - NOT_STARTED.length()));
                add(permit, name + NOT_STARTED, object, Map.of(
                        "process", String.valueOf(came.get("process")), "error", String.valueOf(came.get("error"))));
            }
        }
    }

    /// Entries of an app, newest first.
    public static List<Map<String, @Nullable Object>> page(DSLContext sql, Wanted wanted, int limit) {
        StringBuilder text = new StringBuilder("select * from appos.event_log where app = ?");
        List<Object> values = new ArrayList<>(List.of(wanted.app()));
        wanted.type().ifPresent(type -> and(text, values, "event_type = ?", type));
        wanted.object().ifPresent(object -> and(text, values, "object_ref = ?", object));
        wanted.executionId().ifPresent(id -> and(text, values, "execution_id = ?", id));
        wanted.since().ifPresent(since ->
                and(text, values, "timestamp >= cast(? as timestamptz)", since.atOffset(ZoneOffset.UTC)));
        wanted.before().ifPresent(before -> and(text, values, "id < ?", before));
        values.add(limit);
        return sql.fetch(text + " order by id desc limit ?", values.toArray()).map(EventLog::entry);
    }

    private static void and(StringBuilder text, List<Object> values, String condition, Object value) {
        text.append(" and ").append(condition);
        values.add(value);
    }

    private static Map<String, @Nullable Object> entry(Record row) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", row.get("id", Long.class));
        for (String name : List.of(
                "app", "event_type", "event_source", "object_ref", "user_id", "execution_id", "process_instance_id")) {
            entry.put(name, row.get(name, String.class));
        }
        entry.put("data", Json.read(row.get("data", String.class)));
        entry.put("timestamp", row.get("timestamp", OffsetDateTime.class).toInstant());
        return entry;
    }

    /// Removes what is older.
    ///
    /// @return how many entries there were
    public static int sweep(DSLContext sql, Instant before) {
        return sql.execute(SWEEP, before.atOffset(ZoneOffset.UTC));
    }
}
