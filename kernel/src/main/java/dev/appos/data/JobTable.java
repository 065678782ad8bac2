package dev.appos.data;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.Imported;
import java.time.Instant;
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

/// The rows of jobs and of what was wrong with their files. Whoever calls brings the transaction.
final class JobTable {

    private JobTable() {}

    static void add(DSLContext sql, Job job, String fileName, Instant at) {
        sql.execute(
                """
                insert into appos.jobs
                    (id, kind, record, file, file_name, options, execution_id, started_by, created_at)
                values (?, 'import', ?, ?, ?, cast(? as json), ?, ?, cast(? as timestamptz))""",
                job.id(), job.record(), job.file(), fileName, Json.write(job.options().values()), job.execution(),
                job.startedBy(), at.atOffset(ZoneOffset.UTC));
    }

    static Optional<Job> find(DSLContext sql, UUID id) {
        return sql.fetchOptional("select " + Job.COLUMNS + " from appos.jobs where id = ?", id).map(Job::of);
    }

    /// @param by whose jobs; empty for everybody's
    static List<Job> list(
            DSLContext sql, Optional<String> by, Optional<String> status, Optional<UUID> before, int limit) {
        return sql.fetch(
                        "select " + Job.COLUMNS + """
                         from appos.jobs
                        where (cast(? as text) is null or started_by = ?) and (cast(? as text) is null or status = ?)
                          and (cast(? as uuid) is null or id < ?)
                        order by id desc limit ?""",
                        by.orElse(null), by.orElse(null), status.orElse(null), status.orElse(null),
                        before.orElse(null), before.orElse(null), limit)
                .map(Job::of);
    }

    /// The jobs that are not finished, the oldest first.
    static List<Job> open(DSLContext sql) {
        return sql.fetch("select " + Job.COLUMNS
                        + " from appos.jobs where status in ('queued', 'running') order by id")
                .map(Job::of);
    }

    static boolean begin(DSLContext sql, UUID id, Instant at) {
        return sql.execute(
                "update appos.jobs set status = 'running', started_at = coalesce(started_at, cast(? as timestamptz)),"
                        + " message = null, remedy = null where id = ? and status in ('queued', 'running')",
                at.atOffset(ZoneOffset.UTC), id) == 1;
    }

    static void counted(DSLContext sql, UUID id, long total) {
        sql.execute("update appos.jobs set total = ? where id = ?", total, id);
    }

    /// Takes the rows from one place to another for the caller's transaction, in which they are dealt with.
    ///
    /// @return false if somebody else did, or the job was cancelled
    static boolean claim(DSLContext sql, UUID id, long from, long to) {
        return sql.execute(
                "update appos.jobs set place = ? where id = ? and place = ? and status = 'running'", to, id, from) == 1;
    }

    /// Keeps what became of rows.
    static void done(DSLContext sql, UUID id, Imported imported, List<RowFault> faults) {
        long failed = faults.stream().map(RowFault::place).distinct().count();
        sql.execute(
                "update appos.jobs set created = created + ?, updated = updated + ?, ignored = ignored + ?,"
                        + " failed = failed + ? where id = ?",
                imported.created(), imported.updated(), imported.ignored(), failed, id);
        if (faults.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            RowFault fault = faults.get(i);
            rows.add(new @Nullable Object[] {
                id, fault.place(), i, fault.line(), fault.field().replace('\0', ' '), fault.value(), fault.code(),
                fault.message()});
        }
        sql.batch("insert into appos.job_errors (job, place, number, line, field, value, code, message)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)", rows.toArray(Object[][]::new))
                .execute();
    }

    /// Ends a job, unless it has ended.
    static boolean finish(DSLContext sql, UUID id, String status, @Nullable Refusal why, Instant at) {
        return sql.execute(
                "update appos.jobs set status = ?, message = ?, remedy = ?, finished_at = cast(? as timestamptz)"
                        + " where id = ? and status in ('queued', 'running')",
                status, why == null ? null : String.valueOf(why.getMessage()), why == null ? null : why.remedy(),
                at.atOffset(ZoneOffset.UTC), id) == 1;
    }

    /// Lets a job that failed or was cancelled go on.
    static boolean reopen(DSLContext sql, UUID id) {
        return sql.execute(
                "update appos.jobs set status = 'queued', finished_at = null"
                        + " where id = ? and status in ('failed', 'cancelled')",
                id) == 1;
    }

    /// What was wrong, in the order of the file.
    static List<Map<String, @Nullable Object>> errors(DSLContext sql, UUID id, long after, int limit) {
        List<Map<String, @Nullable Object>> errors = new ArrayList<>();
        for (Record row : sql.fetch(
                "select place, line, field, value, code, message from appos.job_errors where job = ? and place > ?"
                        + " order by place, number limit ?", id, after, limit)) {
            Map<String, @Nullable Object> error = new LinkedHashMap<>();
            for (String name : new String[] {"place", "line", "field", "value", "code", "message"}) {
                error.put(name, row.get(name));
            }
            errors.add(error);
        }
        return errors;
    }

    /// Removes jobs that ended before `end`, and answers their files.
    static List<UUID> sweep(DSLContext sql, Instant end) {
        return sql.fetch(
                        "delete from appos.jobs where finished_at < cast(? as timestamptz) returning file",
                        end.atOffset(ZoneOffset.UTC))
                .map(row -> row.get(0, UUID.class));
    }

    /// The files of all jobs.
    static List<UUID> files(DSLContext sql) {
        return sql.fetch("select file from appos.jobs").map(row -> row.get(0, UUID.class));
    }

    static Map<String, Object> object(String json) {
        return Json.object(Json.read(json), "The options");
    }
}
