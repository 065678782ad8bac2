package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// What people and programs see of instances, as JSON-like maps. Decides nothing: the caller says what may be seen.
public final class ProcessQueries {

    /// The largest page.
    public static final int PAGE_MOST = 1_000;

    /// The status of what was put away.
    static final String ARCHIVED = "archived";

    private static final List<String> STATUSES = List.of(
            "running", "waiting", "paused", "interrupted", "completed", "failed", "cancelled", ARCHIVED);

    /// The step an instance is at: the oldest that is not done, else the last.
    private static final String COLUMNS = """
            select i.id, i.process, i.status, i.display_name, i.variables, i.outputs, i.error, i.started_at,
                   i.completed_at, i.started_by, i.triggered_by,
                   (select s.path from appos.process_step s where s.instance_id = i.id
                    order by s.status in ('running', 'waiting') desc, s.started_at desc, s.path desc limit 1) as step
            from appos.process_instance i
            """;

    private static final String LIST = COLUMNS + """
            where i.process = any(?) and i.status = any(?) and (cast(? as uuid) is null or i.id < ?)
            order by i.id desc limit ?""";

    private static final String LIST_ARCHIVED = archived(LIST);

    private static final String GET = COLUMNS + "where i.id = ?";

    private static final String GET_ARCHIVED = archived(GET);

    private static final String STEPS = """
            select path, status, attempt, inputs, outputs, error, started_at, finished_at
            from appos.process_step where instance_id = ?
            union all
            select a.path, 'failed', a.attempt, a.inputs, null, a.error, a.started_at, a.finished_at
            from appos.process_attempt a where a.instance_id = ? and not exists (
                select from appos.process_step s
                where s.instance_id = a.instance_id and s.path = a.path and s.attempt = a.attempt)
            order by started_at, path, attempt""";

    private static final String STEPS_ARCHIVED = archived(STEPS);

    private static final String[] ENDS = {"completed", "failed", "cancelled"};

    private static String archived(String query) {
        return query.replace(" appos.", " " + Archive.SCHEMA + ".");
    }

    /// Which instances are wanted.
    ///
    /// @param visible the processes whose instances the caller may see, by reference
    /// @param process of this process only
    /// @param status  with this status only
    /// @param cursor  after this one, as a page said
    public record Filter(
            Set<String> visible, Optional<String> process, Optional<String> status, Optional<UUID> cursor) {

        public Filter {
            visible = Set.copyOf(visible);
            status.filter(word -> !STATUSES.contains(word)).ifPresent(word -> {
                throw Refusal.invalid(
                        "The filter", "/status", "unknown",
                        "\"" + word + "\" is not a status. " + Nearest.remedy(word, STATUSES));
            });
        }
    }

    /// Some instances, newest first.
    ///
    /// @param next the cursor of the next page, if there is one
    public record Instances(List<Map<String, @Nullable Object>> items, Optional<UUID> next) {}

    /// Instances the filter lets through, newest first.
    ///
    /// @param limit from 1 to [#PAGE_MOST]
    /// @throws Refusal if the limit is another
    public Instances list(DSLContext sql, Filter filter, int limit) {
        if (limit < 1 || limit > PAGE_MOST) {
            throw Refusal.invalid("The page", "/limit", "range", "must be from 1 to " + PAGE_MOST);
        }
        String[] processes = filter.process()
                .map(process -> filter.visible().contains(process) ? new String[] {process} : new String[0])
                .orElseGet(() -> filter.visible().toArray(String[]::new));
        String[] statuses = filter.status().map(status -> new String[] {status})
                .orElseGet(() -> STATUSES.toArray(String[]::new));
        Field<UUID> cursor = DSL.val(filter.cursor().orElse(null), SQLDataType.UUID);
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        boolean archived = filter.status().filter(ARCHIVED::equals).isPresent();
        for (Record row : archived
                ? sql.fetch(LIST_ARCHIVED, processes, ENDS, cursor, cursor, limit + 1)
                : sql.fetch(LIST, processes, statuses, cursor, cursor, limit + 1)) {
            items.add(instance(row, archived));
        }
        if (items.size() <= limit) {
            return new Instances(items, Optional.empty());
        }
        List<Map<String, @Nullable Object>> page = List.copyOf(items.subList(0, limit));
        return new Instances(page, Optional.of(UUID.fromString((String) page.getLast().get("instance_id"))));
    }

    /// One instance: `instance_id, process, status, display_name, current_step, variables, hidden_variables (names),
    /// outputs, error, started_at, completed_at, started_by, triggered_by`.
    ///
    /// `status` is `running`, `waiting`, `paused`, `interrupted`, `completed`, `failed`, `cancelled` or `archived`, and
    /// then `ended` says how it ended; `error` is `{step, message, execution_id}`; times are `Instant`.
    public Optional<Map<String, @Nullable Object>> get(DSLContext sql, UUID id) {
        return Optional.ofNullable(sql.fetchOne(GET, id))
                .map(row -> instance(row, false))
                .or(() -> Optional.ofNullable(sql.fetchOne(GET_ARCHIVED, id)).map(row -> instance(row, true)));
    }

    /// The steps of an instance in the order they began, one for each attempt: `path, name, status, attempt,
    /// started_at, completed_at, duration_ms, inputs, outputs, error`.
    ///
    /// `status` is `done`, `failed`, `waiting`, `running`, `skipped` or `interrupted`; `error` is `{message}`.
    public List<Map<String, @Nullable Object>> steps(DSLContext sql, UUID id) {
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        for (Record row : sql.fetch(STEPS, id, id)) {
            steps.add(step(row));
        }
        for (Record row : steps.isEmpty() ? sql.fetch(STEPS_ARCHIVED, id, id) : List.<Record>of()) {
            steps.add(step(row));
        }
        return steps;
    }

    private static Map<String, @Nullable Object> instance(Record row, boolean archived) {
        Map<String, @Nullable Object> instance = new LinkedHashMap<>();
        instance.put("instance_id", row.get("id", UUID.class).toString());
        instance.put("process", row.get("process", String.class));
        instance.put("status", archived ? ARCHIVED : row.get("status", String.class));
        instance.put("display_name", row.get("display_name", String.class));
        instance.put("current_step", row.get("step", String.class));
        Map<String, @Nullable Object> variables = Json.object(json(row, "variables"), "the variables");
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(variables);
        shown.values().removeIf(Sealing::hidden);
        instance.put("variables", shown);
        instance.put("hidden_variables", variables.keySet().stream().filter(name -> !shown.containsKey(name)).toList());
        instance.put("outputs", json(row, "outputs"));
        instance.put("error", json(row, "error"));
        instance.put("started_at", Journal.instant(row, "started_at").orElse(null));
        instance.put("completed_at", Journal.instant(row, "completed_at").orElse(null));
        instance.put("started_by", row.get("started_by", String.class));
        instance.put("triggered_by", row.get("triggered_by", String.class));
        if (archived) {
            instance.put("ended", row.get("status", String.class));
        }
        return instance;
    }

    private static Map<String, @Nullable Object> step(Record row) {
        String path = row.get("path", String.class);
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("path", path);
        step.put("name", path.substring(path.lastIndexOf('/') + 1).replaceFirst("^#", "").replaceFirst("#\\d+$", ""));
        step.put("status", row.get("status", String.class));
        step.put("attempt", row.get("attempt", Integer.class));
        step.put("started_at", Journal.instant(row, "started_at").orElse(null));
        step.put("completed_at", Journal.instant(row, "finished_at").orElse(null));
        step.put("duration_ms", Journal.instant(row, "finished_at")
                .flatMap(end -> Journal.instant(row, "started_at").map(start -> Duration.between(start, end)))
                .map(Duration::toMillis)
                .orElse(null));
        step.put("inputs", json(row, "inputs"));
        step.put("outputs", Sealing.shown(json(row, "outputs")));
        step.put("error", json(row, "error"));
        return step;
    }

    private static @Nullable Object json(Record row, String column) {
        JSON json = row.get(column, JSON.class);
        return json == null ? null : Json.read(json.data());
    }
}
