package dev.appos.record;

import dev.appos.object.RecordDefinition;
import dev.appos.record.Steps.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds what is no longer declared, and plans to take it away.
final class Removals {

    /// What tells a table of history from others.
    private static final Set<String> HISTORY = Set.of("record_id", "field_name", "execution_id");

    private final Map<String, LiveTable> live;
    private final Map<String, LiveTable> wanted;
    private final Renames renames;

    Removals(Map<String, LiveTable> live, Map<String, LiveTable> wanted, Renames renames) {
        this.live = live;
        this.wanted = wanted;
        this.renames = renames;
    }

    /// Whether the table was made by the platform, and not by an administrator.
    static boolean ours(LiveTable table) {
        Set<String> columns = table.columns().keySet();
        long references = table.constraints().values().stream().filter(each -> each.kind() == 'f').count();
        boolean links = columns.size() == 2 && references == 2;
        return links || columns.containsAll(RecordDefinition.SYSTEM_COLUMNS) || columns.containsAll(HISTORY);
    }

    /// Plans the steps.
    ///
    /// @return the statements after which all of it is gone
    List<String> plan(Steps steps) {
        List<String> statements = new ArrayList<>();
        Map<String, List<String>> tables = new TreeMap<>();
        live.forEach((title, table) -> {
            String app = title.substring(0, title.indexOf('.'));
            String name = title.substring(app.length() + 1);
            if (!wanted.containsKey(title) && !renames.goesOn(title)) {
                if (ours(table)) {
                    tables.computeIfAbsent(app, _ -> new ArrayList<>()).add(name);
                }
                return;
            }
            Set<String> declared = wanted.getOrDefault(title, table).columns().keySet();
            for (String column : table.columns().keySet()) {
                if (!declared.contains(column) && !renames.goesOn(title, column)) {
                    String sql = "alter table %s drop column %s"
                            .formatted(Schemas.LIVE.table(app, name), Ddl.quoted(column));
                    statements.add(sql);
                    lose(steps, app, title + "." + column, sql);
                }
            }
        });
        // All tables of an app at once: they may refer to each other.
        tables.forEach((app, names) -> {
            String sql = "drop table " + String.join(", ",
                    names.stream().map(name -> Schemas.LIVE.table(app, name)).toList());
            statements.add(sql);
            lose(steps, app, String.join(", ", names.stream().map(name -> app + "." + name).toList()), sql);
        });
        return statements;
    }

    private static void lose(Steps steps, String app, String what, String sql) {
        steps.add(Phase.LOSS, app, Risk.DESTRUCTIVE, "drop " + what, Risk.DESTRUCTIVE.meaning(), sql);
    }
}
