package dev.appos.record;

import dev.appos.record.TableSpec.ConstraintSpec;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Asks the rows that are there whether they bear a change.
final class Probe {

    private final DSLContext sql;

    Probe(DSLContext sql) {
        this.sql = sql;
    }

    /// Whether the table has a row at all.
    boolean filled(TableSpec table) {
        return count("select count(*) from (select from " + name(table) + " limit 1) as one") > 0;
    }

    /// How many rows fit a condition.
    long where(TableSpec table, String condition) {
        return count("select count(*) from " + name(table) + " where " + condition);
    }

    /// How many rows break a constraint that is not there yet.
    ///
    /// @param target whether the table a reference leads to is there
    long breaking(TableSpec table, ConstraintSpec constraint, boolean target) {
        return switch (constraint.kind()) {
            case CHECK -> where(table, "not " + constraint.sql().substring("check ".length()));
            case UNIQUE -> duplicates(table, constraint.columns(), "true");
            case REFERENCE -> orphans(table, constraint, target);
            case PRIMARY -> 0;
        };
    }

    /// How many rows are alike in these columns, among those that fit a condition.
    long duplicates(TableSpec table, List<String> columns, String condition) {
        String present = columns.stream()
                .map(column -> Ddl.quoted(column) + " is not null")
                .collect(Collectors.joining(" and ")) + " and " + condition;
        return count("""
                select coalesce(sum(n), 0)
                from (select count(*) as n from %s where %s group by %s having count(*) > 1) as same"""
                .formatted(name(table), present, Ddl.quoted(columns)));
    }

    private long orphans(TableSpec table, ConstraintSpec constraint, boolean target) {
        String column = Ddl.quoted(constraint.columns().getFirst());
        ConstraintSpec.Reference to = constraint.target().orElseThrow();
        String missing = target
                ? " and not exists (select from %s as target where target.\"id\" = source.%s)"
                        .formatted(Schemas.LIVE.table(to.app(), to.table()), column)
                : "";
        return count("select count(*) from %s as source where source.%s is not null%s"
                .formatted(name(table), column, missing));
    }

    private static String name(TableSpec table) {
        return Schemas.LIVE.table(table.app(), table.name());
    }

    /// The text is made of names and limits of definitions, never of values that callers sent.
    private long count(String text) {
        return sql.connectionResult(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(text)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }
}
