package dev.appos.process;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// How long processes and their steps took, counted by the database over what the journal holds.
final class ProcessTimes {

    /// More steps are not told; the slowest are.
    private static final int MOST = 200;

    private static final String INSTANCES = """
            select process, count(*) as instances,
                   count(*) filter (where status = 'completed') as completed,
                   count(*) filter (where status = 'failed') as failed,
                   count(*) filter (where status = 'cancelled') as cancelled,
                   count(*) filter (where status = 'running') as running,
                   count(*) filter (where status = 'waiting') as waiting,
                   %s
            from (select process, status, extract(epoch from completed_at - started_at) * 1000 as ms
                  from appos.process_instance where process = any(?) and started_at >= cast(? as timestamptz)) i
            group by process order by count(*) desc limit ?""";

    private static final String STEPS = """
            select process, step, count(*) as runs, count(*) filter (where status = 'failed') as failed,
                   sum(attempt) - count(*) as retries, bool_or(person) as waits_for_person,
                   round(sum(ms)) as total_ms, %s
            from (select i.process, s.status, s.attempt, s.approval_id is not null as person,
                         regexp_replace(regexp_replace(s.path, '^.*/', ''), '#[0-9]+$', '') as step,
                         extract(epoch from s.finished_at - s.started_at) * 1000 as ms
                  from appos.process_step s join appos.process_instance i on i.id = s.instance_id
                  where i.process = any(?) and s.started_at >= cast(? as timestamptz) and s.finished_at is not null) t
            group by process, step order by sum(ms) desc limit ?""";

    private static final String FIGURES = """
            round(avg(ms), 1) as average_ms,
            round(cast(percentile_cont(0.95) within group (order by ms) as numeric), 1) as p95_ms""";

    private ProcessTimes() {}

    /// Of each process: `process, instances, completed, failed, cancelled, running, waiting, average_ms, p95_ms`.
    static List<Map<String, @Nullable Object>> instances(DSLContext sql, Set<String> processes, Instant since) {
        return fetch(sql, INSTANCES, processes, since);
    }

    /// Of each step, the one that took most time in all first: `process, step, runs, failed, retries, waits_for_person,
    /// total_ms, average_ms, p95_ms`.
    static List<Map<String, @Nullable Object>> steps(DSLContext sql, Set<String> processes, Instant since) {
        return fetch(sql, STEPS, processes, since);
    }

    private static List<Map<String, @Nullable Object>> fetch(
            DSLContext sql, String query, Set<String> processes, Instant since) {
        return sql.fetch(
                        query.formatted(FIGURES), processes.toArray(String[]::new), since.atOffset(ZoneOffset.UTC),
                        MOST)
                .map(Record::intoMap);
    }
}
