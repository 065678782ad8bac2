package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.store.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Writes what steps answered, for whoever still holds the instance.
///
/// One row a transaction today; rows of several instances can share one here, without anyone above knowing.
final class Journal {

    /// The first to finish a path wins, and who does not hold the instance any more gets no row at all.
    private static final String PUT = """
            with fence as (
                select cancel from appos.process_ready where id = ? and owner = ? and epoch = ?
            ), put as (
                insert into appos.process_step (instance_id, path, digest, status, attempt, inputs, answer, outputs,
                                                error, wake_at, approval_id, started_at, finished_at)
                select ?, ?, ?, ?, ?, ?::json, ?::json, ?::json, ?::json, ?::timestamptz, ?::uuid,
                       ?::timestamptz, ?::timestamptz
                from fence
                on conflict (instance_id, path) do update set
                    digest = excluded.digest, status = excluded.status, attempt = excluded.attempt,
                    inputs = excluded.inputs, answer = excluded.answer, outputs = excluded.outputs,
                    error = excluded.error, wake_at = excluded.wake_at, approval_id = excluded.approval_id,
                    started_at = excluded.started_at, finished_at = excluded.finished_at
                where process_step.status <> 'done'
                returning 1)
            select cancel, exists (select from put) as written from fence""";

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
            update appos.process_instance set variables = ?::json
            where id = ? and exists (
                select from appos.process_ready r where r.id = process_instance.id and r.owner = ? and r.epoch = ?)""";

    /// What became of a row.
    enum Put {
        WRITTEN,
        /// Written, and somebody asked for the end of the process.
        CANCELLED,
        /// Not written: the instance belongs to another run.
        LOST
    }

    private final Database database;

    Journal(Database database) {
        this.database = database;
    }

    /// Writes a row, and the variables if they changed.
    Put put(Instance instance, Entry entry, Optional<String> variables) {
        if (variables.isEmpty()) {
            return database.read(sql -> put(sql, instance, entry));
        }
        return database.write(sql -> {
            Instance.Claim claim = instance.claim();
            sql.execute(VARIABLES, JSON.json(variables.get()), instance.id(), claim.owner(), claim.epoch());
            return put(sql, instance, entry);
        });
    }

    /// Writes a row in a transaction that has other work to do.
    Put put(DSLContext sql, Instance instance, Entry entry) {
        Instance.Claim claim = instance.claim();
        Entry.Content content = entry.content();
        Entry.Times times = entry.times();
        Record row = sql.fetchOne(
                PUT,
                instance.id(), claim.owner(), claim.epoch(),
                instance.id(), entry.path(), entry.digest(), entry.status().word(), entry.attempt(),
                json(content.inputs()), json(content.answer()), json(content.outputs()),
                json(content.error().map(message -> Json.write(Map.of("message", message)))),
                time(times.wake()), DSL.val(entry.approval().orElse(null), SQLDataType.UUID),
                time(Optional.of(times.started())), time(times.finished()));
        if (row == null || !row.get("written", Boolean.class)) {
            return Put.LOST;
        }
        return row.get("cancel", Boolean.class) ? Put.CANCELLED : Put.WRITTEN;
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
}
