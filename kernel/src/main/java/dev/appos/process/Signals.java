package dev.appos.process;

import dev.appos.base.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Signals that were sent and not taken yet.
///
/// Whoever sends one marks the instance in the same transaction. If it waits, that wakes it; if it runs, whoever gives
/// it up finds the mark under the same row lock and wakes it again. So no order of events leaves a signal lying.
final class Signals {

    /// More that nobody takes are a mistake of whoever sends.
    static final int WAITING_MOST = 1_000;

    /// Larger values belong into records or documents.
    static final int VALUE_LONGEST = 64 * 1024;

    private static final String NUDGE = """
            update appos.process_ready r
            set news = true, wake_at = case when r.owner is null then now() else r.wake_at end
            where r.id = ?""";

    private static final String NUDGE_LIVING = NUDGE + """

            and exists (select from appos.process_instance i where i.id = r.id and i.completed_at is null)""";

    private static final String SEND = """
            insert into appos.process_signal (instance_id, name, value, sent_by)
            select ?, ?, ?::json, ?
            where (select count(*) from appos.process_signal where instance_id = ?) < ?""";

    private static final String TAKE = """
            delete from appos.process_signal where id = (
                select id from appos.process_signal where instance_id = ? and name = ?
                order by id limit 1 for update skip locked)
            returning value::text""";

    private static final String UNTAKEN = """
            select name, count(*) as many from appos.process_signal where instance_id = ?
            group by name order by name""";

    private Signals() {}

    /// Sends a signal, for the first that waits for it.
    ///
    /// @throws Refusal if the instance is over, or takes none of those it has
    static void send(DSLContext sql, UUID instance, String name, String value, String by) {
        if (value.length() > VALUE_LONGEST) {
            throw Refusal.tooLarge(
                    "The value of a signal has at most " + VALUE_LONGEST + " characters of JSON.",
                    "Keep it in a record or a document and send its id.");
        }
        if (sql.execute(NUDGE_LIVING, instance) == 0) {
            throw Refusal.conflict(
                    "Process instance " + instance + " is over and takes no signal.",
                    "Start it anew if that is what you want.");
        }
        if (sql.execute(SEND, instance, name, value, by, instance, WAITING_MOST) == 0) {
            throw Refusal.conflict(
                    "Process instance " + instance + " has " + WAITING_MOST + " signals that it did not take yet.",
                    "Send the next when it has taken some.");
        }
    }

    /// Lets an instance look again at what it waits for.
    static void nudge(DSLContext sql, UUID instance) {
        sql.execute(NUDGE, instance);
    }

    /// Takes the oldest signal of a name.
    static Optional<String> take(DSLContext sql, UUID instance, String name) {
        return sql.fetchOptional(TAKE, instance, name).map(row -> row.get(0, String.class));
    }

    /// How many of each name were sent and not taken: `name, many`.
    static List<Map<String, Object>> untaken(DSLContext sql, UUID instance) {
        return sql.fetch(UNTAKEN, instance).intoMaps();
    }

    /// Forgets what nobody will take any more.
    static int forget(DSLContext sql, UUID instance) {
        return sql.execute("delete from appos.process_signal where instance_id = ?", instance);
    }
}
