package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.store.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Writes what steps answered, for whoever still holds the instance. Rows of all instances of a node share
/// transactions.
final class Journal implements AutoCloseable {

    /// The first to finish a path wins, and who does not hold the instance any more gets no row at all.
    private static final String PUT = """
            with row as (
                select u.*, fence.cancel, fence.paused
                from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::uuid[], ?::timestamptz[],
                            ?::timestamptz[])
                     as u (id, owner, epoch, path, digest, status, attempt, inputs, answer, outputs, error, wake_at,
                           approval_id, started_at, finished_at)
                cross join lateral (
                    select r.cancel, r.paused_at is not null as paused from appos.process_ready r
                    where r.id = u.id and (r.owner = u.owner and r.epoch = u.epoch or u.epoch < 0) limit 1) as fence
            ), put as (
                insert into appos.process_step (instance_id, path, digest, status, attempt, inputs, answer, outputs,
                                                error, wake_at, approval_id, started_at, finished_at)
                select id, path, digest, status, attempt, inputs::json, answer::json, outputs::json, error::json,
                       wake_at, approval_id, started_at, finished_at
                from row
                on conflict (instance_id, path) do update set
                    digest = excluded.digest, status = excluded.status, attempt = excluded.attempt,
                    inputs = excluded.inputs, answer = excluded.answer, outputs = excluded.outputs,
                    error = excluded.error, wake_at = excluded.wake_at, approval_id = excluded.approval_id,
                    started_at = excluded.started_at, finished_at = excluded.finished_at
                where process_step.status <> 'done'
                returning instance_id, path)%s
            select put.instance_id, put.path, row.cancel, row.paused
            from put join row on row.id = put.instance_id and row.path = put.path""";

    /// A try that failed has a row of its own, which the next try of the step does not overwrite.
    private static final String ATTEMPTS = """
            , attempts as (
                insert into appos.process_attempt (instance_id, path, attempt, inputs, error, started_at, finished_at)
                select row.id, row.path, row.attempt, row.inputs::json, row.error::json, row.started_at, row.finished_at
                from row join put on put.instance_id = row.id and put.path = row.path
                where row.status = 'failed'
                on conflict (instance_id, path, attempt) do nothing)""";

    private static final String PUT_NONE_FAILED = PUT.formatted("");

    private static final String PUT_SOME_FAILED = PUT.formatted(ATTEMPTS);

    /// A row that says of a running step that it runs; any later word about the same attempt is better.
    private static final String SHOW = """
            insert into appos.process_step (instance_id, path, digest, status, attempt, inputs, started_at)
            select ?, ?, ?, 'running', ?, ?::json, ?::timestamptz
            where exists (select from appos.process_ready where id = ? and owner = ? and epoch = ?)
            on conflict (instance_id, path) do update set
                status = 'running', attempt = excluded.attempt, error = null, started_at = excluded.started_at,
                finished_at = null
            where process_step.status = 'failed' and process_step.attempt < excluded.attempt""";

    private static final String VARIABLES = """
            update appos.process_instance i set variables = u.variables::json
            from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::text[]) as u (id, owner, epoch, variables)
            where i.id = any(?) and i.id = u.id and exists (
                select from appos.process_ready r
                where r.id = u.id and (r.owner = u.owner and r.epoch = u.epoch or u.epoch < 0))""";

    /// What became of a row.
    enum Put {
        WRITTEN,
        /// Written, and somebody asked for the end of the process.
        CANCELLED,
        /// Written, and somebody asked for a pause.
        PAUSED,
        /// Not written: the instance belongs to another run.
        LOST
    }

    /// A row on its way.
    private record Row(Instance instance, Entry entry, Optional<String> variables) {}

    /// Tells rows of one batch apart.
    private record Place(UUID instance, String path) {}

    private final Database database;
    private final Payloads payloads;
    private final GroupWriter<Row, Put> writer;

    Journal(Database database) {
        this.database = database;
        this.payloads = new Payloads(database);
        this.writer = new GroupWriter<>("process-journal", this::write);
    }

    /// What is too large to stand in a row.
    Payloads payloads() {
        return payloads;
    }

    /// Writes a row, and the variables if they changed; returns when both are committed.
    Put put(Instance instance, Entry entry, Optional<String> variables) {
        return writer.write(new Row(instance, entry, variables));
    }

    /// Writes a row in a transaction that has other work to do.
    Put put(DSLContext sql, Instance instance, Entry entry) {
        return put(sql, List.of(new Row(instance, entry, Optional.empty()))).getFirst();
    }

    private List<Put> write(List<Row> rows) {
        List<Row> changed = rows.stream().filter(row -> row.variables().isPresent()).toList();
        if (changed.isEmpty()) {
            return database.read(sql -> put(sql, rows));
        }
        return database.write(sql -> {
            // Of several changes of one instance the last is the newest.
            Map<UUID, Row> newest = new LinkedHashMap<>();
            changed.forEach(row -> newest.put(row.instance().id(), row));
            List<Row> variables = List.copyOf(newest.values());
            UUID[] ids = array(variables, UUID[]::new, row -> row.instance().id());
            sql.execute(
                    VARIABLES,
                    ids,
                    array(variables, UUID[]::new, row -> row.instance().claim().owner()),
                    array(variables, Long[]::new, row -> row.instance().claim().epoch()),
                    array(variables, String[]::new, row -> row.variables().orElseThrow()),
                    ids);
            return put(sql, rows);
        });
    }

    private static List<Put> put(DSLContext sql, List<Row> rows) {
        Map<Place, Put> written = new HashMap<>();
        boolean failed = rows.stream().anyMatch(row -> row.entry().status() == Entry.Status.FAILED);
        for (Record row : sql.fetch(
                failed ? PUT_SOME_FAILED : PUT_NONE_FAILED,
                array(rows, UUID[]::new, row -> row.instance().id()),
                array(rows, UUID[]::new, row -> row.instance().claim().owner()),
                array(rows, Long[]::new, row -> row.instance().claim().epoch()),
                array(rows, String[]::new, row -> row.entry().path()),
                array(rows, String[]::new, row -> row.entry().digest()),
                array(rows, String[]::new, row -> row.entry().status().word()),
                array(rows, Integer[]::new, row -> row.entry().attempt()),
                array(rows, String[]::new, row -> row.entry().content().inputs().orElse(null)),
                array(rows, String[]::new, row -> row.entry().content().answer().orElse(null)),
                array(rows, String[]::new, row -> row.entry().content().outputs().orElse(null)),
                array(rows, String[]::new, row -> error(row.entry())),
                times(rows, row -> row.entry().times().wake()),
                array(rows, UUID[]::new, row -> row.entry().approval().orElse(null)),
                times(rows, row -> Optional.of(row.entry().times().started())),
                times(rows, row -> row.entry().times().finished()))) {
            Place place = new Place(row.get("instance_id", UUID.class), row.get("path", String.class));
            written.put(place, row.get("cancel", Boolean.class)
                    ? Put.CANCELLED
                    : row.get("paused", Boolean.class) ? Put.PAUSED : Put.WRITTEN);
        }
        return rows.stream()
                .map(row -> written.getOrDefault(new Place(row.instance().id(), row.entry().path()), Put.LOST))
                .toList();
    }

    private static @Nullable String error(Entry entry) {
        return entry.content().error().map(message -> Json.write(Map.of("message", message))).orElse(null);
    }

    static <T, R> @Nullable R[] array(List<T> rows, IntFunction<@Nullable R[]> array, Function<T, @Nullable R> value) {
        return rows.stream().map(value).toArray(array);
    }

    static <T> @Nullable OffsetDateTime[] times(List<T> rows, Function<T, Optional<Instant>> value) {
        return array(rows, OffsetDateTime[]::new, row ->
                value.apply(row).map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null));
    }

    /// Shows a step that has begun and not ended.
    void show(Instance instance, Entry running) {
        Instance.Claim claim = instance.claim();
        database.read(sql -> sql.execute(
                SHOW,
                instance.id(), running.path(), running.digest(), running.attempt(),
                json(running.content().inputs()), time(Optional.of(running.times().started())),
                instance.id(), claim.owner(), claim.epoch()));
    }

    static Field<@Nullable JSON> json(Optional<String> text) {
        return DSL.val(text.map(JSON::json).orElse(null), SQLDataType.JSON);
    }

    static Field<@Nullable OffsetDateTime> time(Optional<Instant> instant) {
        return DSL.val(
                instant.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    /// Reads a row of a journal, without what only people need.
    static Entry entry(Record row) {
        return new Entry(
                row.get("path", String.class),
                row.get("digest", String.class),
                Entry.Status.of(row.get("status", String.class)),
                row.get("attempt", Integer.class),
                new Entry.Content(Optional.empty(), text(row, "answer"), Optional.empty(), message(row)),
                new Entry.Times(
                        row.get("started_at", OffsetDateTime.class).toInstant(),
                        instant(row, "finished_at"),
                        instant(row, "wake_at")),
                Optional.ofNullable(row.get("approval_id", UUID.class)));
    }

    static Optional<String> text(Record row, String column) {
        return Optional.ofNullable(row.get(column, JSON.class)).map(JSON::data);
    }

    static Optional<Instant> instant(Record row, String column) {
        return Optional.ofNullable(row.get(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Optional<String> message(Record row) {
        return text(row, "error").map(json -> String.valueOf(Json.object(Json.read(json), "error").get("message")));
    }

    @Override
    public void close() {
        writer.close();
    }
}
