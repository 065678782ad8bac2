package dev.appos.process;

import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Puts away what is over for long: schema `appos_archive` has the same tables, and nothing there is run any more.
///
/// A month of which all is over goes in one piece, without a row being moved. Of a month in which something still
/// sleeps, what is over goes row by row, and the sleepers live on where they are.
final class Archive {

    static final String SCHEMA = "appos_archive";

    /// Instances that are moved in one transaction.
    private static final int ROWS_MOST = 500;

    /// Calls must not wait longer for a table that is put away; it is tried again later.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final String MONTHS = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = to_regclass('appos.process_instance') order by c.relname""";

    private static final String LIVING = "select exists (select from appos.process_ready where id >= ? and id < ?)";

    private static final String YOUNG = """
            select exists (select from appos.%s where completed_at is null or completed_at >= ?::timestamptz)""";

    private static final String OVER = """
            select i.id from appos.%s i where i.completed_at < ?::timestamptz
            and not exists (select from appos.process_ready r where r.id = i.id) order by i.id limit ?
            for update of i skip locked""";

    private static final String MOVE = """
            with moved as (delete from appos.%1$s where %2$s = any(?) returning *)
            insert into appos_archive.%3$s (%4$s) select %4$s from moved""";

    private static final String COLUMNS = """
            select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type from pg_attribute
            where attrelid = to_regclass(?) and attnum > 0 and not attisdropped order by attnum""";

    private final Database database;
    private final Clock clock;
    private final IntSupplier afterDays;

    /// @param afterDays how long what is over stays where it is
    Archive(Database database, Clock clock, IntSupplier afterDays) {
        this.database = database;
        this.clock = clock;
        this.afterDays = afterDays;
    }

    /// Puts away every month that is old enough, or what is over of it.
    void keep() {
        OffsetDateTime before =
                clock.instant().minus(Duration.ofDays(afterDays.getAsInt())).atOffset(ZoneOffset.UTC);
        Month last = Month.of(before.toInstant());
        String least = last.of("process_instance");
        for (String part : database.read(sql -> sql.fetch(MONTHS).getValues(0, String.class))) {
            boolean old = part.compareTo(least) < 0 && part.matches("process_instance_\\d{4}_\\d\\d");
            if (old && !whole(part, Month.named(part), before)) {
                rows(Month.named(part), before);
            }
        }
    }

    /// Puts a month away in one piece, if all of it is over.
    private boolean whole(String part, Month month, OffsetDateTime before) {
        boolean young = database.read(sql -> sql.fetchSingle(YOUNG.formatted(part), before).get(0, Boolean.class));
        return !young && database.write(sql -> {
            Partitions.lock(sql, PATIENCE);
            boolean begun = Partitions.exists(sql, SCHEMA, part);
            if (begun || !Partitions.exists(sql, "appos", part)) {
                return !begun;
            }
            sql.execute("lock table only appos.process_instance in access exclusive mode");
            // Whoever lets an instance live again puts it among the living first, and needs the table to do so.
            if (sql.fetchSingle(LIVING, month.first(), month.plus(1).first()).get(0, Boolean.class)) {
                return false;
            }
            Partitions.TABLES.forEach(table -> move(sql, table.name(), month));
            return true;
        });
    }

    private static void move(DSLContext sql, String table, Month month) {
        fit(sql, table);
        String part = month.of(table);
        if (Partitions.exists(sql, "appos", part)) {
            sql.execute("alter table appos." + table + " detach partition appos." + part);
            sql.execute("alter table appos." + part + " set schema " + SCHEMA);
            Partitions.attach(sql, SCHEMA + "." + table, SCHEMA + "." + part, month);
        }
    }

    /// Puts away what is over of a month, and the month itself when nothing is left.
    private void rows(Month month, OffsetDateTime before) {
        String part = month.of("process_instance");
        int moved = ROWS_MOST;
        while (moved == ROWS_MOST) {
            moved = database.write(sql -> rows(sql, month, before));
        }
        database.write(sql -> {
            Partitions.lock(sql, PATIENCE);
            boolean left = Partitions.exists(sql, "appos", part)
                    && sql.fetchSingle("select exists (select from appos." + part + ")").get(0, Boolean.class);
            if (!left) {
                Partitions.TABLES.reversed()
                        .forEach(table -> sql.execute("drop table if exists appos." + month.of(table.name())));
            }
            return left;
        });
    }

    private static int rows(DSLContext sql, Month month, OffsetDateTime before) {
        Partitions.lock(sql, PATIENCE);
        String part = month.of("process_instance");
        if (!Partitions.exists(sql, "appos", part)) {
            return 0;
        }
        UUID[] over = sql.fetch(OVER.formatted(part), before, ROWS_MOST).getValues(0, UUID.class).toArray(UUID[]::new);
        for (Partitions.Table table : over.length == 0 ? List.<Partitions.Table>of() : Partitions.TABLES) {
            List<String> columns = fit(sql, table.name());
            String there = month.of(table.name());
            if (!Partitions.exists(sql, SCHEMA, there)) {
                sql.execute("create table appos_archive." + there + " (like appos." + table.name() + " including all)");
                Partitions.attach(sql, SCHEMA + "." + table.name(), SCHEMA + "." + there, month);
            }
            sql.execute(
                    MOVE.formatted(there, table.key(), table.name(), String.join(", ", columns)), (Object) over);
        }
        return over.length;
    }

    /// Makes the archive's table have what the living one has by now.
    ///
    /// @return the columns
    private static List<String> fit(DSLContext sql, String table) {
        String there = SCHEMA + "." + table;
        List<String> names = new ArrayList<>();
        List<String> known = sql.fetch(COLUMNS, there).getValues("name", String.class);
        sql.fetch(COLUMNS, "appos." + table).forEach(column -> {
            String name = column.get("name", String.class);
            names.add(name);
            if (!known.contains(name)) {
                sql.execute("alter table {0} add column {1} {2}", DSL.sql(there), DSL.sql(name),
                        DSL.sql(column.get("type", String.class)));
            }
        });
        return names;
    }
}
