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
