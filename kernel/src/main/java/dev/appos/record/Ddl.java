package dev.appos.record;

import dev.appos.record.TableSpec.ColumnSpec;
import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.IndexSpec;
import dev.appos.record.TableSpec.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements that make a table and its parts.
final class Ddl {

    private Ddl() {}

    /// A name that PostgreSQL takes as it is.
    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String quoted(List<String> names) {
        return names.stream().map(Ddl::quoted).collect(Collectors.joining(", "));
    }

    /// A text as SQL.
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// The table without its references, which come when every table is there.
    static String table(TableSpec table, Schemas schemas) {
        Stream<String> columns = table.columns().stream().map(ColumnSpec::sql);
        Stream<String> constraints = table.constraints().stream()
                .filter(constraint -> constraint.kind() != Kind.REFERENCE)
                .map(constraint -> "constraint " + quoted(constraint.name()) + " " + constraint.sql(schemas));
        return "create table %s (\n    %s\n)".formatted(
                schemas.table(table.app(), table.name()),
                Stream.concat(columns, constraints).collect(Collectors.joining(",\n    ")));
    }

    static String constraint(TableSpec table, ConstraintSpec constraint, Schemas schemas) {
        return alter(table, schemas, "add constraint %s %s".formatted(
                quoted(constraint.name()), constraint.sql(schemas)));
    }

    static String index(TableSpec table, IndexSpec index, Schemas schemas) {
        String by = index.inverted()
                ? "using gin (" + quoted(index.columns()) + " jsonb_path_ops)"
                : "(" + quoted(index.columns()) + ")";
        return "create %s %s on %s %s%s".formatted(
                index.unique() ? "unique index" : "index",
                quoted(index.name()), schemas.table(table.app(), table.name()), by,
                index.where().map(rows -> " where " + rows).orElse(""));
    }

    /// The trigger that lets rows be added and never changed.
    static String keeper(TableSpec table, String name, Schemas schemas) {
        return "create trigger %s before update or delete or truncate on %s for each statement execute function %s"
                .formatted(quoted(name), schemas.table(table.app(), table.name()), "appos.refuse_change()");
    }

    /// What is written beside a column, or that nothing is.
    static String comment(TableSpec table, String column, Optional<String> text) {
        return "comment on column %s.%s is %s".formatted(
                Schemas.LIVE.table(table.app(), table.name()), quoted(column), text.map(Ddl::literal).orElse("null"));
    }

    /// What is written beside a table, or that nothing is.
    static String comment(TableSpec table, Optional<String> text) {
        return comment(table.app(), table.name(), text);
    }

    static String comment(String app, String table, Optional<String> text) {
        return "comment on table %s is %s".formatted(
                Schemas.LIVE.table(app, table), text.map(Ddl::literal).orElse("null"));
    }

    static String alter(TableSpec table, Schemas schemas, String change) {
        return "alter table %s %s".formatted(schemas.table(table.app(), table.name()), change);
    }
}
