package dev.appos.record;

import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.record.Steps.Phase;
import dev.appos.record.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What goes by another name now, and keeps its rows: tables and columns that are there under the name that
/// `@RenamedFrom` says, and not yet under the new one.
///
/// References, constraints and indexes follow by themselves; [TableChange] gives those their new names. The history
/// of a record is told under the new names.
final class Renames {

    private static final String REASON =
            "takes a moment, but servers of the version before do not know the new name: stop them first";

    /// @param before  the table's name until now
    /// @param columns the new names of columns, by those until now
    /// @param history the table with the history of its rows, as it is called from now on
    private record Renamed(
            TableSpec table, TableSpec before, Map<String, String> columns, Optional<String> history) {

        boolean moved() {
            return !before.name().equals(table.name());
        }
    }

    private final Map<String, LiveTable> live;
    private final Set<String> declared;
    private final Map<Ref, Ref> former = new HashMap<>();
    private final Map<String, Renamed> renamed = new LinkedHashMap<>();

    /// @param live   the tables there are
    /// @param tables all that are declared
    Renames(Map<String, LiveTable> live, List<TableSpec> tables, List<RecordDefinition> records) {
        this.live = live;
        this.declared = tables.stream().map(TableSpec::title).collect(Collectors.toSet());
        records.forEach(record -> record.traits().renamedFrom().ifPresent(name ->
                former.put(record.ref(), new Ref(record.ref().app(), record.ref().kind(), name))));
        records.forEach(this::find);
    }

    private void find(RecordDefinition record) {
        RecordDefinition formerly = formerly(record);
        if (formerly.equals(record)) {
            return;
        }
        List<TableSpec> now = Specs.of(record);
        List<TableSpec> then = Specs.of(formerly);
        for (int i = 0; i < now.size(); i++) {
            TableSpec table = now.get(i);
            boolean moves = !live.containsKey(table.title()) && live.containsKey(then.get(i).title())
                    && !declared.contains(then.get(i).title());
            TableSpec before = moves ? then.get(i) : table;
            if (live.containsKey(before.title())) {
                Map<String, String> columns =
                        columns(live.get(before.title()), then.get(i).columns(), table.columns());
                if (moves || !columns.isEmpty()) {
                    renamed.put(before.title(), new Renamed(
                            table, before, columns, i == 0 ? history(record, formerly) : Optional.empty()));
                }
            }
        }
    }

    private Optional<String> history(RecordDefinition record, RecordDefinition formerly) {
        return record.audit() && Stream.of(record, formerly)
                        .anyMatch(each -> live.containsKey(record.ref().app() + "." + SqlNames.audit(each)))
                ? Optional.of(SqlNames.audit(record))
                : Optional.empty();
    }

    private static Map<String, String> columns(LiveTable is, List<ColumnSpec> then, List<ColumnSpec> now) {
        Set<String> wanted = now.stream().map(ColumnSpec::name).collect(Collectors.toSet());
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < now.size(); i++) {
            String old = then.get(i).name();
            String name = now.get(i).name();
            if (!old.equals(name) && is.columns().containsKey(old) && !is.columns().containsKey(name)
                    && !wanted.contains(old)) {
                columns.put(old, name);
            }
        }
        return columns;
    }

    /// The record as it was called, with its fields and its tables of links as they were called.
    private RecordDefinition formerly(RecordDefinition record) {
        List<FieldDefinition> fields = record.fields().stream()
                .map(field -> field.traits().renamedFrom().map(field::named).orElse(field))
                .toList();
        List<Relation> relations = record.relations().stream()
                .map(relation -> relation.links().filter(Relation.Links::owned)
                        .map(links -> formerly(record.ref(), relation, links)).orElse(relation))
                .toList();
        return record.withFields(fields).withRelations(relations).named(formerly(record.ref()));
    }

    private Relation formerly(Ref owner, Relation relation, Relation.Links links) {
        String start = Names.plural(owner.name()) + "_";
        String table = links.table().startsWith(start)
                ? Names.plural(formerly(owner).name()) + "_" + links.table().substring(start.length())
                : links.table();
        return new Relation(
                relation.name(), relation.accessor(), relation.kind(), relation.record(),
                column(relation.column(), owner),
                Optional.of(new Relation.Links(
                        links.app(), table, column(links.other(), relation.record()), links.owned(),
                        links.onDelete())));
    }

    private String column(String column, Ref to) {
        return column.equals(to.name() + "_id") ? formerly(to).name() + "_id" : column;
    }

    private Ref formerly(Ref ref) {
        return former.getOrDefault(ref, ref);
    }

    /// Whether this table goes on under another name.
    boolean goesOn(String title) {
        return renamed.containsKey(title) && renamed.get(title).moved();
    }

    /// Whether this column goes on under another name.
    boolean goesOn(String title, String column) {
        return renamed.containsKey(title) && renamed.get(title).columns().containsKey(column);
    }

    /// What a declared table is called, and what it was called until now.
    Set<String> names(TableSpec table) {
        return renamed.values().stream()
                .filter(each -> each.table().title().equals(table.title()))
                .map(each -> each.before().name())
                .findFirst()
                .map(before -> Stream.of(table.name(), before).collect(Collectors.toSet()))
                .orElse(Set.of(table.name()));
    }

    /// Plans the steps.
    ///
    /// @return the statements after which the tables have their new names
    List<String> plan(Steps steps) {
        List<String> statements = new ArrayList<>();
        renamed.values().forEach(each -> {
            TableSpec table = each.table();
            if (each.moved()) {
                String what = "%s is called %s from now on".formatted(each.before().title(), table.title());
                String sql = move(each.before(), table);
                steps.add(Phase.RENAME, table.app(), Risk.LOCKING, what, REASON, sql);
                statements.add(sql);
            }
            each.columns().forEach((old, name) -> {
                String what = "%s.%s is called %s from now on".formatted(table.title(), old, name);
                String sql = Ddl.alter(table, Schemas.LIVE,
                        "rename column " + Ddl.quoted(old) + " to " + Ddl.quoted(name));
                steps.add(Phase.RENAME, table.app(), Risk.LOCKING, what, REASON, sql);
                statements.add(sql);
            });
        });
        renamed.values().forEach(each -> histories(each, steps));
        return statements;
    }

    private static String move(TableSpec before, TableSpec table) {
        List<String> statements = new ArrayList<>();
        statements.add(Ddl.alter(before, Schemas.LIVE, "rename to " + Ddl.quoted(table.name())));
        table.columns().stream().filter(ColumnSpec::identity).forEach(column -> statements.add(
                "alter sequence if exists %s rename to %s".formatted(
                        Schemas.LIVE.table(table.app(), before.name() + "_" + column.name() + "_seq"),
                        Ddl.quoted(table.name() + "_" + column.name() + "_seq"))));
        table.keeper().ifPresent(keeper -> statements.add("alter trigger %s on %s rename to %s".formatted(
                Ddl.quoted(before.keeper().orElseThrow()), Schemas.LIVE.table(table.app(), table.name()),
                Ddl.quoted(keeper))));
        return String.join(";\n", statements);
    }

    /// Who may not see a field finds it hidden in the history by its name, and so it must go by the new one there too.
    private void histories(Renamed each, Steps steps) {
        TableSpec table = each.table();
        each.history().ifPresent(history -> each.columns().forEach((old, name) -> steps.add(
                Phase.RENAME, table.app(), Risk.LOCKING,
                "the history of %s.%s is told under %s".formatted(table.title(), old, name),
                Risk.LOCKING.meaning(), relabel(Schemas.LIVE.table(table.app(), history), old, name))));
    }

    private static String relabel(String history, String old, String name) {
        String from = Ddl.literal(old);
        String to = Ddl.literal(name);
        return """
                alter table %1$s disable trigger user;
                update %1$s set field_name = %3$s where field_name = %2$s;
                update %1$s set old_value = old_value - %2$s || jsonb_build_object(%3$s, old_value -> %2$s)
                    where field_name = '%4$s' and old_value ? %2$s;
                update %1$s set new_value = new_value - %2$s || jsonb_build_object(%3$s, new_value -> %2$s)
                    where field_name = '%4$s' and new_value ? %2$s;
                alter table %1$s enable trigger user""".formatted(history, from, to, FieldHistory.WHOLE);
    }
}
