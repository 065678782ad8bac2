package dev.appos.process;

import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Makes the tables of the months: those to come ahead of time, and those of rows that have none yet.
///
/// Safe to run on many nodes at once. Until it has run, rows go to the rest and nothing is refused.
final class Partitions {

    /// A table that is split by month.
    ///
    /// @param key     the id that says the month
    /// @param filling how full a page is made: rows that grow need room
    record Table(String name, String key, int filling) {

        String rest() {
            return name + "_rest";
        }
    }

    /// In the order in which they are locked.
    static final List<Table> TABLES = List.of(
            new Table("process_instance", "id", 80),
            new Table("process_step", "instance_id", 100),
            new Table("process_attempt", "instance_id", 100),
            new Table("process_payload", "instance_id", 100));

    /// So that a platform nobody looks at for a while has where to put things.
    static final int AHEAD = 3;

    /// Whoever changes the parts of these tables holds this.
    static final long LOCK = 0x6170706f736d6f6eL;

    /// Months of rows without one that are made in one go.
    private static final int BEHIND_MOST = 240;

    /// Calls must not wait longer for the table of a month; it is tried again later.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// No id that was made in good order is older.
    private static final UUID OLDEST = new UUID(0x015000000000L << 16, 0);

    private static final String OLDEST_OF =
            "select %1$s from appos.%2$s where %1$s >= ? and %1$s < ? order by %1$s limit 1";

    private static final String MOVE = """
            with moved as (delete from appos.%1$s where %2$s >= ? and %2$s < ? returning *)
            insert into appos.%3$s select * from moved""";

    private final Database database;
    private final Clock clock;

    Partitions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Makes what is missing.
    ///
    /// @return how many months were made
    int make() {
        Month now = Month.of(clock.instant());
        int made = 0;
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            made += make(now.plus(ahead)) ? 1 : 0;
        }
        Optional<Month> behind = behind(now);
        for (int tries = 0; behind.isPresent() && tries < BEHIND_MOST; tries++) {
            made += make(behind.get()) ? 1 : 0;
            behind = behind(now);
        }
        return made;
    }

    /// A month that has rows and no table.
    private Optional<Month> behind(Month now) {
        UUID last = now.plus(AHEAD + 1).first();
        return database.read(sql -> TABLES.stream()
                .flatMap(table -> sql.fetch(OLDEST_OF.formatted(table.key(), table.rest()), OLDEST, last)
                        .getValues(0, UUID.class).stream())
                .findFirst()
                .map(Month::of));
    }

    private boolean make(Month month) {
        if (TABLES.stream().allMatch(table -> database.read(sql -> exists(sql, "appos", month.of(table.name()))))) {
            return false;
        }
        return database.write(sql -> {
            lock(sql, PATIENCE);
            for (Table table : TABLES) {
                if (!exists(sql, "appos", month.of(table.name()))) {
                    make(sql, table, month);
                }
            }
            return true;
        });
    }

    /// Waits for other nodes that change these tables, but for calls only so long.
    static void lock(DSLContext sql, Duration patience) {
        sql.fetch("select pg_advisory_xact_lock(?)", LOCK);
        sql.fetch("select set_config('lock_timeout', ?, true)", patience.toMillis() + "ms");
    }

    static boolean exists(DSLContext sql, String schema, String table) {
        return sql.fetchSingle("select to_regclass(?) is not null", schema + "." + table).get(0, Boolean.class);
    }

    /// The rest is locked while its rows move, so that none of this month is added behind them.
    private static void make(DSLContext sql, Table table, Month month) {
        String part = month.of(table.name());
        UUID from = month.first();
        UUID to = month.plus(1).first();
        sql.execute("create table appos." + part + " (like appos." + table.name()
                + " including all) with (fillfactor = " + table.filling() + ")");
        sql.execute("lock table appos." + table.rest() + " in access exclusive mode");
        sql.execute(MOVE.formatted(table.rest(), table.key(), part), from, to);
        attach(sql, "appos." + table.name(), "appos." + part, month);
    }

    static void attach(DSLContext sql, String whole, String part, Month month) {
        sql.execute(
                "alter table " + whole + " attach partition " + part + " for values from ({0}) to ({1})",
                DSL.inline(month.first().toString()), DSL.inline(month.plus(1).first().toString()));
    }
}
