package dev.appos.record;

import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.IndexSpec;
import dev.appos.record.TableSpec.Kind;
import java.util.List;

/// The statements that hold a table in use to something new without holding up those who use it.
///
/// Each runs by itself, and each list may run again from its first statement whatever a first run left behind. An index
/// that was cut off is there and worth nothing: it is taken away before it is built.
final class Gently {

    /// An index is built beside its users, so it may wait long for those who began before; other changes hold up
    /// whoever comes after them and wait for moments only.
    private static final String WAIT = "set lock_timeout to '10min'";

    /// Rows that are filled at a time, and held for a moment.
    private static final int BATCH = 2_000;

    private static final String WAIT_NO_MORE = "set lock_timeout to '3s'";

    private Gently() {}

    static String index(TableSpec table, IndexSpec index) {
        String name = Schemas.LIVE.table(table.app(), index.name());
        return lines(
                WAIT,
                "drop index concurrently if exists " + name,
                concurrently(Ddl.index(table, index, Schemas.LIVE)),
                WAIT_NO_MORE);
    }

    static String constraint(TableSpec table, ConstraintSpec constraint) {
        return constraint.kind() == Kind.UNIQUE ? unique(table, constraint) : checked(table, constraint);
    }

    /// New rows are held to it at once, then those that are there are looked through.
    private static String checked(TableSpec table, ConstraintSpec constraint) {
        String name = Ddl.quoted(constraint.name());
        return lines(
                alter(table, "drop constraint if exists %s, add constraint %s %s not valid"
                        .formatted(name, name, constraint.sql(Schemas.LIVE))),
                alter(table, "validate constraint " + name));
    }

    private static String unique(TableSpec table, ConstraintSpec constraint) {
        String name = Ddl.quoted(constraint.name());
        String index = Schemas.LIVE.table(table.app(), constraint.name());
        return lines(
                alter(table, "drop constraint if exists " + name),
                WAIT,
                "drop index concurrently if exists " + index,
                "create unique index concurrently %s on %s (%s)".formatted(
                        name, Schemas.LIVE.table(table.app(), table.name()), Ddl.quoted(constraint.columns())),
                WAIT_NO_MORE,
                alter(table, "add constraint %s unique using index %s".formatted(name, name)));
    }

    /// PostgreSQL takes a valid check for proof and does not look through the rows again.
    static String required(TableSpec table, String column) {
        String name = Ddl.quoted(SqlNames.of(table.name(), List.of(column), "required_check"));
        return lines(
                alter(table, "drop constraint if exists %s, add constraint %s check (%s is not null) not valid"
                        .formatted(name, name, Ddl.quoted(column))),
                alter(table, "validate constraint " + name),
                alter(table, "alter column %s set not null, drop constraint %s"
                        .formatted(Ddl.quoted(column), name)));
    }

    /// Gives rows without a value their default, some at a time, so that nobody waits for all of them. Each batch is
    /// kept when it is done: what was cut off goes on where it was.
    static String filled(TableSpec table, String column, String value) {
        return """
                do $$
                declare
                    last bigint := 0;
                    next bigint;
                begin
                    loop
                        select max(id) into next from (
                            select id from %1$s where id > last and %2$s is null order by id limit %4$d) as batch;
                        exit when next is null;
                        update %1$s set %2$s = %3$s where id > last and id <= next and %2$s is null;
                        commit;
                        last := next;
                    end loop;
                end $$""".formatted(
                        Schemas.LIVE.table(table.app(), table.name()), Ddl.quoted(column), value, BATCH);
    }

    private static String concurrently(String create) {
        return create.replaceFirst("index ", "index concurrently ");
    }

    private static String alter(TableSpec table, String change) {
        return Ddl.alter(table, Schemas.LIVE, change);
    }

    private static String lines(String... statements) {
        return String.join(";\n", statements);
    }
}
