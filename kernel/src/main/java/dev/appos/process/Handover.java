package dev.appos.process;

import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Rows of instances whose bodies another engine runs. It sees to it that only one run of an instance writes, so here
/// is no fence but that the instance lives.
final class Handover {

    private static final String MARK =
            "update appos.process_ready set told_at = now() where id = ? and owner = ? and epoch = ?";

    /// Whoever asked for the end meanwhile found the row taken, and did not wake it.
    private static final String PARK = """
            update appos.process_ready set
                owner = null, takeovers = 0, news = false,
                wake_at = case when news or cancel and not ? then now() else 'infinity' end
            where id = ? and owner = ? and epoch = ?""";

    private static final String FAIL = """
            with over as (delete from appos.process_ready where id = ? and told_at is not null returning id)
            update appos.process_instance set status = 'failed', error = ?::json, completed_at = ?::timestamptz
            where id in (select id from over) and completed_at is null""";

    private static final String STATUS =
            "update appos.process_instance set status = ? where id = ? and status in ('running', 'waiting')";

    private static final String VARIABLES =
            "update appos.process_instance set variables = ?::json where id = ? and completed_at is null";

    private static final String LIVING = "select cancel from appos.process_ready where id = ? and told_at is not null";

    private static final String PAUSED = "select paused_at is not null from appos.process_ready where id = ?";

    private static final String OLDEST = """
            select id from appos.process_ready
            where told_at < now() - make_interval(secs => ?) and id > ? order by id limit ?""";

    private final Database database;
    private final Clock clock;

    Handover(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Says that the instance is the other engine's from now on, and that it is being told of something.
    void mark(Instance instance) {
        Instance.Claim claim = instance.claim();
        database.read(sql -> sql.execute(MARK, instance.id(), claim.owner(), claim.epoch()));
    }

    /// Lets go of an instance until there is something to tell again.
    void park(Instance instance) {
        Instance.Claim claim = instance.claim();
        database.read(sql -> sql.execute(PARK, claim.cancel(), instance.id(), claim.owner(), claim.epoch()));
    }

    /// Ends an instance that cannot go on there.
    ///
    /// @param error JSON
    void fail(UUID id, String error) {
        database.read(sql -> sql.execute(FAIL, id, error, Journal.time(Optional.of(clock.instant()))));
    }

    /// Shows people whether an instance runs or waits.
    void status(Instance instance, String status) {
        database.read(sql -> sql.execute(STATUS, status, instance.id()));
    }

    /// Shows people the variables as they are now.
    void variables(Instance instance, String json) {
        database.read(sql -> sql.execute(VARIABLES, json, instance.id()));
    }

    /// A row written again, after a crash between the writing and the other engine's hearing of it, is not lost.
    Written heard(Instance instance, Written row) {
        if (row.put() != Journal.Put.LOST) {
            return row;
        }
        return database.read(sql -> sql.fetchOptional(LIVING, instance.id()))
                .map(living -> living.get("cancel", Boolean.class) ? Journal.Put.CANCELLED : Journal.Put.WRITTEN)
                .map(put -> new Written(row.entry(), put))
                .orElse(row);
    }

    /// Whether somebody holds the instance up.
    boolean paused(Instance instance) {
        return database.read(sql -> sql.fetchOptional(PAUSED, instance.id()))
                .map(row -> row.get(0, Boolean.class))
                .orElse(false);
    }

    /// Living instances of which nothing was told for a while, in the order of their ids.
    List<UUID> quiet(Duration since, UUID after, int most) {
        return database.read(sql ->
                sql.fetch(OLDEST, since.toMillis() / 1000d, after, most).getValues("id", UUID.class));
    }
}
