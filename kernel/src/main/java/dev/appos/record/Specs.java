package dev.appos.record;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.Origin;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import dev.appos.record.TableSpec.ColumnSpec;
import dev.appos.record.TableSpec.ConstraintSpec;
import dev.appos.record.TableSpec.IndexSpec;
import dev.appos.record.TableSpec.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tables a record definition asks for: its own, and the one for its field history.
final class Specs {

    /// An index on longer texts costs more than it finds.
    private static final int LONGEST_INDEXED = 500;

    /// PostgreSQL knows no longer one.
    private static final int LONGEST_VARCHAR = 10_485_760;

    private final RecordDefinition record;
    private final String table;
    private final List<ConstraintSpec> constraints = new ArrayList<>();
    private final List<IndexSpec> indexes = new ArrayList<>();

    private Specs(RecordDefinition record) {
        this.record = record;
        this.table = record.plural();
    }

    static List<TableSpec> of(RecordDefinition record) {
        List<TableSpec> tables = new ArrayList<>(List.of(new Specs(record).table()));
        if (record.audit()) {
            tables.add(history(record));
        }
        for (Relation relation : record.relations()) {
            relation.links().filter(Relation.Links::owned)
                    .ifPresent(links -> tables.add(links(record, relation, links)));
        }
        return tables;
    }

    private TableSpec table() {
        List<ColumnSpec> columns = new ArrayList<>();
        columns.add(new ColumnSpec("id", "bigint", true, Optional.empty(), true));
        columns.add(new ColumnSpec("version", "integer", true, Optional.of("1"), false));
        add(Kind.PRIMARY, SqlNames.primary(table, List.of("id")), List.of("id"), "primary key (\"id\")");
        for (FieldDefinition field : record.fields()) {
            columns.add(new ColumnSpec(
                    field.name(), type(field), field.required(), defaultValue(field), false,
                    ComputedSql.of(record, field)));
            if (field.unique()) {
                unique(List.of(field.name()));
            }
            checks(field);
            field.target().ifPresent(target -> reference(field, target));
        }
        record.unique().forEach(this::unique);
        record.keys().together().forEach(this::together);
        record.fields().forEach(this::searched);
        record.keys().indexes().stream()
                .map(names -> new IndexSpec(SqlNames.of(table, names, "idx"), names))
                .filter(index -> indexes.stream().noneMatch(each -> each.name().equals(index.name())))
                .forEach(indexes::add);
        record.display().stream().findFirst().flatMap(record::field).filter(this::worthAnIndex)
                .map(field -> index(field.name()))
                .filter(index -> indexes.stream().noneMatch(each -> each.name().equals(index.name())))
                .ifPresent(indexes::add);
        columns.add(new ColumnSpec("created_at", "timestamptz", true, Optional.of("now()"), false));
        columns.add(new ColumnSpec("created_by", "text", true, Optional.empty(), false));
        columns.add(new ColumnSpec("updated_at", "timestamptz", true, Optional.of("now()"), false));
        columns.add(new ColumnSpec("updated_by", "text", true, Optional.empty(), false));
        if (record.traits().softDelete()) {
            trash(columns);
        }
        return new TableSpec(
                record.ref().app(), table, columns, constraints, indexes, Optional.empty(), record.source());
    }

    /// What is in the trash is found by when it was put there, and by what else was put there with it.
    private void trash(List<ColumnSpec> columns) {
        columns.add(new ColumnSpec(RecordTable.DELETED_AT, "timestamptz", false, Optional.empty(), false));
        columns.add(new ColumnSpec(RecordTable.DELETED_BY, "text", false, Optional.empty(), false));
        columns.add(new ColumnSpec("deleted_in", "text", false, Optional.empty(), false));
        Optional<String> deleted = Optional.of("\"deleted_at\" is not null");
        for (String column : List.of(RecordTable.DELETED_AT, "deleted_in")) {
            indexes.add(new IndexSpec(
                    SqlNames.of(table, List.of(column), "idx"), List.of(column), false, false, deleted));
        }
    }

    /// Lists are ordered by what names a record.
    private boolean worthAnIndex(FieldDefinition field) {
        return field.type() == ValueType.TEXT
                && field.limits().maxLength().orElse(Integer.MAX_VALUE) <= LONGEST_INDEXED
                && !leads(field.name());
    }

    /// Choices are filtered by, lists and objects by what they hold.
    private void searched(FieldDefinition field) {
        if (field.type() == ValueType.CHOICE && !leads(field.name())) {
            indexes.add(index(field.name()));
        } else if (field.type().json()) {
            indexes.add(new IndexSpec(
                    SqlNames.of(table, List.of(field.name()), "idx"), List.of(field.name()), true));
        }
    }

    /// Columns of which all have a value or none.
    private void together(List<String> columns) {
        add(Kind.CHECK, SqlNames.of(table, columns, "check"), columns,
                "check (num_nulls(" + Ddl.quoted(columns) + ") in (0, " + columns.size() + "))");
    }

    /// Whether a unique constraint begins with the column, and so is an index on it.
    private boolean leads(String column) {
        return constraints.stream().anyMatch(constraint ->
                constraint.kind() == Kind.UNIQUE && constraint.columns().getFirst().equals(column));
    }

    private IndexSpec index(String column) {
        return new IndexSpec(SqlNames.of(table, List.of(column), "idx"), List.of(column));
    }

    private void add(Kind kind, String name, List<String> columns, String sql) {
        constraints.add(new ConstraintSpec(name, kind, columns, sql, Optional.empty()));
    }

    private void unique(List<String> columns) {
        String name = SqlNames.unique(table, columns);
        if (record.traits().softDelete()) {
            // What is in the trash keeps nobody from using its values again.
            indexes.add(new IndexSpec(name, columns, false, true, Optional.of("\"deleted_at\" is null")));
        } else {
            add(Kind.UNIQUE, name, columns, "unique (" + Ddl.quoted(columns) + ")");
        }
    }

    private void reference(FieldDefinition field, Target target) {
        String app = target.record().app();
        constraints.add(new ConstraintSpec(
                SqlNames.reference(table, field.name()),
                Kind.REFERENCE,
                List.of(field.name()),
                "foreign key (" + Ddl.quoted(field.name()) + ")",
                Optional.of(new ConstraintSpec.Reference(
                        app, Names.plural(target.record().name()), word(target.onDelete())))));
        boolean indexed = field.unique()
                || record.unique().stream().anyMatch(key -> key.getFirst().equals(field.name()));
        if (!indexed) {
            indexes.add(index(field.name()));
        }
    }

    private void checks(FieldDefinition field) {
        Limits limits = field.limits();
        String column = Ddl.quoted(field.name());
        if (field.type() == ValueType.CHOICE) {
            String choices = field.choices().stream().map(Ddl::literal).collect(Collectors.joining(", "));
            check(field, "check", column + " in (" + choices + ")");
        }
        if (field.type() == ValueType.TEXT && limits.notBlank()) {
            check(field, "blank_check", "btrim(" + column + ") <> ''");
        }
        if (field.type() == ValueType.TEXT && limits.minLength().orElse(0) > 0) {
            check(field, "length_check", "char_length(" + column + ") >= " + limits.minLength().getAsInt());
        }
        if (field.type().numeric()) {
            bound(field, "min_check", ">", limits.min());
            bound(field, "max_check", "<", limits.max());
        }
        if (field.type() == ValueType.LIST && limits.minLength().orElse(0) > 0) {
            check(field, "length_check", "jsonb_array_length(" + column + ") >= " + limits.minLength().getAsInt());
        }
        if (field.type() == ValueType.MAP && limits.minLength().orElse(0) > 0) {
            check(field, "length_check", column + " <> '{}'::jsonb");
        }
    }

    private void bound(FieldDefinition field, String suffix, String operator, Optional<Limits.Bound> limit) {
        limit.ifPresent(bound -> check(field, suffix, "%s %s%s %s".formatted(
                Ddl.quoted(field.name()), operator, bound.inclusive() ? "=" : "", bound.value().toPlainString())));
    }

    private void check(FieldDefinition field, String suffix, String condition) {
        add(Kind.CHECK, SqlNames.of(table, List.of(field.name()), suffix), List.of(field.name()),
                "check (" + condition + ")");
    }

    private static String type(FieldDefinition field) {
        Limits limits = field.limits();
        return switch (field.type()) {
            case TEXT -> limits.maxLength().orElse(Integer.MAX_VALUE) <= LONGEST_VARCHAR
                    ? "varchar(" + limits.maxLength().getAsInt() + ")"
                    : "text";
            case DECIMAL -> limits.digits()
                    .map(digits -> "numeric(%d, %d)".formatted(digits.integer() + digits.fraction(), digits.fraction()))
                    .orElse("numeric");
            case INTEGER, LONG, BOOLEAN, DATE, INSTANT, TIME, DURATION, UUID, CHOICE, LIST, MAP, REFERENCE ->
                    field.type().sql();
        };
    }

    private static Optional<String> defaultValue(FieldDefinition field) {
        if (field.origin() == Origin.Moment.NOW) {
            return Optional.of("now()");
        }
        if (field.origin() == Origin.Moment.TODAY) {
            return Optional.of("(now() at time zone 'UTC')::date");
        }
        return field.defaultValue().map(written -> {
            Object value = Values.parse(field.type(), field.choices(), written);
            return switch (value) {
                case BigDecimal number -> number.toPlainString();
                case Integer number -> number.toString();
                case Long number -> number.toString();
                case Boolean truth -> truth.toString();
                case String text -> Ddl.literal(text);
                default -> Ddl.literal(field.type().json() ? written : value.toString())
                        + "::" + field.type().sql();
            };
        });
    }

    /// A row for each link and nothing else: both ends are its key.
    private static TableSpec links(RecordDefinition record, Relation relation, Relation.Links links) {
        String here = relation.column();
        String there = links.other();
        Optional<String> none = Optional.empty();
        return new TableSpec(
                links.app(),
                links.table(),
                List.of(
                        new ColumnSpec(here, "bigint", true, none, false),
                        new ColumnSpec(there, "bigint", true, none, false)),
                List.of(
                        new ConstraintSpec(
                                SqlNames.primary(links.table(), List.of(here, there)), Kind.PRIMARY,
                                List.of(here, there), "primary key (" + Ddl.quoted(List.of(here, there)) + ")",
                                Optional.empty()),
                        end(links.table(), here, record.ref(), ReferentialAction.CASCADE),
                        end(links.table(), there, relation.record(), links.onDelete())),
                List.of(new IndexSpec(SqlNames.of(links.table(), List.of(there), "idx"), List.of(there, here))),
                none,
                record.source());
    }

    private static ConstraintSpec end(String table, String column, Ref to, ReferentialAction onDelete) {
        return new ConstraintSpec(
                SqlNames.reference(table, column), Kind.REFERENCE, List.of(column),
                "foreign key (" + Ddl.quoted(column) + ")",
                Optional.of(new ConstraintSpec.Reference(to.app(), Names.plural(to.name()), word(onDelete))));
    }

    private static String word(ReferentialAction onDelete) {
        return onDelete.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static TableSpec history(RecordDefinition record) {
        String name = SqlNames.audit(record);
        Optional<String> none = Optional.empty();
        return new TableSpec(
                record.ref().app(),
                name,
                List.of(
                        new ColumnSpec("id", "bigint", true, none, true),
                        new ColumnSpec("record_id", "bigint", true, none, false),
                        new ColumnSpec("version", "integer", true, none, false),
                        new ColumnSpec("field_name", "text", true, none, false),
                        new ColumnSpec("old_value", "jsonb", false, none, false),
                        new ColumnSpec("new_value", "jsonb", false, none, false),
                        new ColumnSpec("operation", "text", true, none, false),
                        new ColumnSpec("changed_by", "text", true, none, false),
                        new ColumnSpec("changed_at", "timestamptz", true, none, false),
                        new ColumnSpec("execution_id", "text", true, none, false),
                        new ColumnSpec("process_instance_id", "text", false, none, false)),
                List.of(new ConstraintSpec(
                        SqlNames.primary(name, List.of("id")), Kind.PRIMARY, List.of("id"), "primary key (\"id\")",
                        Optional.empty())),
                List.of(
                        new IndexSpec(SqlNames.of(name, List.of("record_id"), "idx"), List.of("record_id", "id")),
                        new IndexSpec(SqlNames.of(name, List.of("execution_id"), "idx"), List.of("execution_id"))),
                Optional.of(SqlNames.of(name, List.of("rows"), "keeper")),
                record.source());
    }
}
