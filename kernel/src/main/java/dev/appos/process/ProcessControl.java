package dev.appos.process;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Typed;
import dev.appos.object.ProcessDefinition;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// What people do with instances that were started. Decides nothing: the caller says who may.
///
/// Each move locks the instance, so that of two at once the second sees what the first has done.
public final class ProcessControl {

    /// First this row, then the instance: in this order claims take them too.
    private static final String HOLD = "select id from appos.process_ready where id = ? for update";

    private static final String STATUS = "select status from appos.process_instance where id = ? for update";

    private static final String CANCEL = """
            update appos.process_ready set cancel = true, paused_at = null,
                   slot = case when owner is null then null else slot end,
                   wake_at = case when owner is null then now() else wake_at end
            where id = ?""";

    private static final String PAUSE = "update appos.process_ready set paused_at = now() where id = ? and not cancel";

    /// The pause does not count against the timeout.
    private static final String RESUME = """
            update appos.process_ready set paused_at = null, deadline = deadline + (now() - paused_at),
                   wake_at = case when told_at is null then wake_at else now() end
            where id = ? and paused_at is not null""";

    private static final String SHOW = "update appos.process_instance set status = ? where id = ?";

    private static final String RESUMED = """
            update appos.process_instance i set status = case when r.owner is null then 'waiting' else 'running' end
            from appos.process_ready r where r.id = i.id and i.id = ?""";

    private static final String COMPENSATED =
            "select exists (select from appos.process_step where instance_id = ? and path = ?)";

    /// The steps it failed of; what failed before and was caught by the body is part of its way.
    private static final String FORGET = """
            delete from appos.process_step s using appos.process_instance i
            where i.id = ? and s.instance_id = i.id and s.status = 'failed'
              and (s.path = i.error ->> 'step' or s.path in (
                  select json_array_elements_text(i.error -> 'steps')))""";

    private static final String FORGET_ATTEMPTS = """
            delete from appos.process_attempt a
            where a.instance_id = ? and not exists (
                select from appos.process_step s where s.instance_id = a.instance_id and s.path = a.path)""";

    private static final String STARTED =
            "select triggered_by, arguments from appos.process_instance where id = ?";

    private static final String REVIVE = """
            update appos.process_instance set status = 'running', error = null, outputs = null, completed_at = null
            where id = ?""";

    private static final String ADOPT = "update appos.process_instance set code_hash = ? where id = ?";

    /// Branches that nobody waited for may still have a row. The epoch is one that no run before it has had.
    private static final String READY = """
            insert into appos.process_ready as r (id, wake_at, epoch, deadline, lane, priority, slot)
            values (?, now(), floor(extract(epoch from clock_timestamp()) * 1000), now() + make_interval(secs => ?),
                    ?, ?, ?)
            on conflict (id) do update set deadline = excluded.deadline, takeovers = 0, cancel = false,
                paused_at = null, wake_at = case when r.owner is null then now() else r.wake_at end""";

    /// Ends an instance at its next step, and undoes what it noted to be undone; a step that is running is finished
    /// first.
    ///
    /// @throws Refusal if there is no such instance, or it is over
    public void cancel(DSLContext sql, UUID id) {
        String status = check(sql, Move.CANCEL, id);
        if (sql.execute(CANCEL, id) == 0) {
            throw over(id);
        }
        if (!status.equals("running")) {
            sql.execute(SHOW, "waiting", id);
        }
    }

    /// Lets an instance begin no further step until it is resumed.
    ///
    /// @throws Refusal if there is no such instance, or it is not on its way
    public void pause(DSLContext sql, UUID id) {
        check(sql, Move.PAUSE, id);
        if (sql.execute(PAUSE, id) == 0) {
            throw over(id);
        }
        sql.execute(SHOW, "paused", id);
    }

    /// Lets a paused or interrupted instance go on.
    ///
    /// @throws Refusal if there is no such instance, or it is neither
    public void resume(DSLContext sql, UUID id) {
        check(sql, Move.RESUME, id);
        sql.execute(RESUME, id);
        sql.execute(RESUMED, id);
    }

    /// Lets a failed instance try the step again that it failed of, with all its attempts and its whole time.
    ///
    /// @param process what it is an instance of, as it is live
    /// @param apps    with the types it was started with
    /// @throws Refusal if there is no such instance, it has not failed, or what it did was undone
    public void retry(DSLContext sql, UUID id, ProcessDefinition process, ClassLoader apps) {
        check(sql, Move.RETRY, id);
        if (sql.fetchSingle(COMPENSATED, id, Undoing.PATH).into(boolean.class)) {
            throw Refusal.conflict(
                    "Process instance " + id + " cannot go on: what it did was undone when it failed.",
                    "Start it anew.");
        }
        sql.execute(FORGET, id);
        sql.execute(FORGET_ATTEMPTS, id);
        sql.execute(REVIVE, id);
        Record started = sql.fetchSingle(STARTED, id);
        Object[] arguments =
                ((List<?>) Typed.read(Journal.text(started, "arguments").orElseThrow(), apps)).toArray();
        sql.execute(
                READY, id, seconds(process.timeout()), Lane.of(started.get("triggered_by", String.class)).ordinal(),
                process.pace().priority(), DSL.val(ProcessEngine.slot(process, arguments), SQLDataType.CLOB));
    }

    /// Lets a failed instance that tries again do so with the code that is live: what it failed of may be mended there.
    ///
    /// @param codeHash of the live code
    public void adopt(DSLContext sql, UUID id, String codeHash) {
        sql.execute(ADOPT, codeHash, id);
    }

    /// How long a process may take, as SQL has it: nothing for no limit.
    static @Nullable Double seconds(Duration timeout) {
        return timeout.isZero() ? null : timeout.toMillis() / 1000d;
    }

    private static String check(DSLContext sql, Move move, UUID id) {
        sql.execute(HOLD, id);
        String status = sql.fetchOptional(STATUS, id)
                .map(row -> row.get("status", String.class))
                .orElseThrow(() -> Refusal.notFound("process instance " + id));
        move.check(id, status);
        return status;
    }

    private static Refusal over(UUID id) {
        return Refusal.conflict(
                "Process instance " + id + " is being cancelled.", "Wait until it is over, then start it anew.");
    }

    /// What is possible with an instance of this status.
    static List<String> moves(String status) {
        return Move.of(status);
    }
}
