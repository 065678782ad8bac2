package dev.appos.process;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// What is written down of an instance that a stop of its server breaks off: that it was, and in the middle of which
/// steps. It goes on by itself as soon as a server takes it, or when somebody resumes it.
///
/// @param resumes whether it goes on by itself
/// @param steps   that were running
record Interruption(Run run, boolean resumes, List<Entry> steps) {

    private static final String STEP = """
            insert into appos.process_step (instance_id, path, digest, status, attempt, inputs, error, started_at)
            select ?, ?, ?, 'interrupted', ?, ?::json,
                   '{"message": "platform_shutdown: the server stopped in the middle of it."}', ?::timestamptz
            where exists (select from appos.process_ready where id = ? and owner = ? and epoch = ?)
            on conflict (instance_id, path) do update set
                status = 'interrupted', attempt = excluded.attempt, error = excluded.error,
                started_at = excluded.started_at, finished_at = null
            where process_step.status in ('running', 'failed', 'interrupted')""";

    private static final String INSTANCE = """
            with fence as (
                update appos.process_ready set owner = null, wake_at = now(),
                       paused_at = case when ? then paused_at else coalesce(paused_at, now()) end
                where id = ? and owner = ? and epoch = ? returning id)
            update appos.process_instance set variables = ?::json,
                   status = case when status in ('running', 'waiting') then 'interrupted' else status end
            where id in (select id from fence)""";

    /// Notes it, and gives the instance up.
    void note() {
        run.means().parts().database().write(sql -> {
            steps.forEach(step -> note(sql, step));
            Instance.Claim claim = run.instance().claim();
            return sql.execute(
                    INSTANCE,
                    resumes || run.instance().over(), run.instance().id(), claim.owner(), claim.epoch(),
                    Journal.json(Optional.of(run.variables().json())));
        });
    }

    private void note(DSLContext sql, Entry step) {
        Instance.Claim claim = run.instance().claim();
        Instant started = step.times().started();
        sql.execute(
                STEP,
                run.instance().id(), step.path(), step.digest(), step.attempt(),
                Journal.json(step.content().inputs()), Journal.time(Optional.of(started)),
                run.instance().id(), claim.owner(), claim.epoch());
    }
}
