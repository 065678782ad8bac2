package dev.appos.record;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.EventLog;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What the platform offers on the life of records: taking back, what waits to be done, who read what, cleaning up.
public final class LifeRules {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 500;

    private static final String WAITING = """
            select id, ref, event, moment, record_id, principal, execution_id, at, due_at, attempts, error, dead
            from appos.record_event where id > ? and (not cast(? as boolean) or dead) order by id limit ?""";

    private static final String RETRY = """
            update appos.record_event set dead = false, attempts = 0, due_at = cast(? as timestamptz) where id = ?""";

    private static final String DROP = "delete from appos.record_event where id = ?";

    /// How long what an app tells, and who read what, is kept.
    private final Duration kept;

    private final Runnable nudge;

    /// @param nudge is told that something is to be done again
    public LifeRules(Duration kept, Runnable nudge) {
        this.kept = kept;
        this.nudge = nudge;
    }

    /// Every rule, for a [dev.appos.dispatch.PlatformEngine].
    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.writes(
                        "undo",
                        "Takes back what one execution did to records, all of it or of one record; refused when "
                                + "somebody changed them since.",
                        Permission.VIEW,
                        List.of(required("execution_id", ValueType.TEXT), optional("ref", ValueType.TEXT),
                                optional("id", ValueType.LONG)),
                        this::undo).openToAgents(),
                PlatformRule.reads(
                        "list_record_events",
                        "What is still to be done after changes of records, oldest first; dead: what failed for good.",
                        Permission.ADMIN,
                        List.of(optional("dead", ValueType.BOOLEAN), optional("limit", ValueType.INTEGER),
                                optional("cursor", ValueType.LONG)),
                        this::waiting),
                PlatformRule.writes(
                        "retry_record_event", "Tries again what failed after a change.", Permission.ADMIN,
                        List.of(required("id", ValueType.TEXT)), this::retry),
                PlatformRule.writes(
                        "drop_record_event", "Gives up what failed after a change.", Permission.ADMIN,
                        List.of(required("id", ValueType.TEXT)), this::drop),
                PlatformRule.reads(
                        "list_record_reads", "Who read which records of a type that says auditReads, newest first.",
                        Permission.VIEW,
                        List.of(required("ref", ValueType.TEXT), optional("id", ValueType.LONG),
                                optional("limit", ValueType.INTEGER), optional("cursor", ValueType.LONG)),
                        this::reads),
                PlatformRule.writes(
                        "clean_up_records",
                        "Empties the trash of what is old, and forgets old events and readings; done each night.",
                        Permission.ADMIN, List.of(), this::cleanUp));
    }

    private Object undo(Permit permit, Map<String, Object> inputs) {
        Optional<Ref> ref = Optional.ofNullable((String) inputs.get("ref")).map(LifeRules::ref);
        Optional<Long> id = Optional.ofNullable((Long) inputs.get("id"));
        if (id.isPresent() && ref.isEmpty()) {
            throw Refusal.invalid("The input", "/ref", "required", "must say of which type record " + id.get() + " is");
        }
        List<Map<String, Object>> undone = new Undo(permit, (String) inputs.get("execution_id"), id).run(ref);
        return Map.of("undone", undone, "execution_id", permit.context().executionId());
    }

    private static Ref ref(String written) {
        try {
            return Ref.of(written);
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid("The input", "/ref", "form", "must be written like crm.records.customer");
        }
    }

    private Object waiting(Permit permit, Map<String, Object> inputs) {
        int limit = limit(inputs);
        long after = inputs.get("cursor") instanceof Long id ? id : 0;
        boolean dead = Boolean.TRUE.equals(inputs.get("dead"));
        return page(permit.sql().fetch(WAITING, after, dead, limit + 1).map(LifeRules::entry), limit);
    }

    private static Map<String, @Nullable Object> entry(Record row) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", row.get("id", Long.class));
        for (String name : List.of("ref", "event", "moment", "principal", "execution_id", "error")) {
            entry.put(name, row.get(name, String.class));
        }
        entry.put("record_id", row.get("record_id", Long.class));
        entry.put("at", row.get("at", OffsetDateTime.class).toInstant());
        entry.put("due_at", row.get("due_at", OffsetDateTime.class).toInstant());
        entry.put("attempts", row.get("attempts", Integer.class));
        entry.put("dead", row.get("dead", Boolean.class));
        return entry;
    }

    private Object retry(Permit permit, Map<String, Object> inputs) {
        OffsetDateTime now = permit.context().at().atOffset(ZoneOffset.UTC);
        return changed(permit.sql().execute(RETRY, now, id(inputs)), permit, inputs);
    }

    private Object drop(Permit permit, Map<String, Object> inputs) {
        return changed(permit.sql().execute(DROP, id(inputs)), permit, inputs);
    }

    private static long id(Map<String, Object> inputs) {
        String id = (String) inputs.get("id");
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }

    private Object changed(int rows, Permit permit, Map<String, Object> inputs) {
        if (rows == 0) {
            throw Refusal.notFound("event " + inputs.get("id") + " that waits");
        }
        permit.afterCommit(nudge);
        return Map.of("id", inputs.get("id"));
    }

    /// Who reads what is told to those who may do everything with the record type.
    private Object reads(Permit permit, Map<String, Object> inputs) {
        Ref ref = ref((String) inputs.get("ref"));
        if (!permit.allows(ref, Permission.ADMIN)) {
            throw Refusal.notFound("object called " + ref);
        }
        int limit = limit(inputs);
        return page(ReadAudit.page(
                permit.sql(), ref.toString(), Optional.ofNullable((Long) inputs.get("id")),
                Optional.ofNullable((Long) inputs.get("cursor")), limit + 1), limit);
    }

    private Object cleanUp(Permit permit, Map<String, Object> inputs) {
        Instant now = permit.context().at();
        Map<String, Object> removed = new LinkedHashMap<>();
        for (RecordDefinition record : permit.snapshot().ofKind(RecordDefinition.class)) {
            if (record.traits().softDelete()) {
                Instant before = now.minus(Duration.ofDays(record.traits().trashDays()));
                Object count = permit.call(Call.of(record.ref(), new Lifecycle.EmptyTrash(before)));
                removed.put(record.ref().toString(), count);
            }
        }
        removed.put("events", EventLog.sweep(permit.sql(), now.minus(kept)));
        removed.put("reads", ReadAudit.sweep(permit.sql(), now.minus(kept)));
        return removed;
    }

    private static int limit(Map<String, Object> inputs) {
        int limit = inputs.get("limit") instanceof Integer given ? given : USUAL_PAGE;
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Refusal.invalid("The input", "/limit", "range", "must be between 1 and " + LARGEST_PAGE);
        }
        return limit;
    }

    private static Map<String, @Nullable Object> page(List<Map<String, @Nullable Object>> found, int limit) {
        boolean more = found.size() > limit;
        List<Map<String, @Nullable Object>> items = more ? found.subList(0, limit) : found;
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", more ? items.getLast().get("id") : null);
        return page;
    }
}
