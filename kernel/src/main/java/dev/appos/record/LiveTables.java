package dev.appos.record;

import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Sees to it that PostgreSQL itself notes every change of live records, whichever way it is made: by a statement, a
/// cascade, an import or by hand. Records that are not live have no triggers, and pay nothing.
public final class LiveTables {

    private static final String PREFIX = "appos_live_";

    private static final String THERE = """
            select distinct n.nspname || '.' || c.relname
            from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
            where t.tgname = 'appos_live_insert'""";

    private LiveTables() {}

    /// Makes the triggers as these apps want them; when they are so already it only looks.
    public static void apply(Database database, Snapshot snapshot) {
        Set<String> wanted = snapshot.ofKind(RecordDefinition.class).stream()
                .filter(record -> record.traits().live())
                .map(record -> record.ref().app() + "." + record.plural())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = database.read(sql -> new TreeSet<>(sql.fetch(THERE).getValues(0, String.class)));
        List<String> statements = new ArrayList<>();
        wanted.stream().filter(table -> !there.contains(table)).forEach(table -> {
            statements.add(trigger(table, "insert", "new table as now_rows"));
            statements.add(trigger(table, "update", "old table as was_rows new table as now_rows"));
            statements.add(trigger(table, "delete", "old table as was_rows"));
        });
        // Of apps that are gone from the folder too: nobody can follow them.
        there.stream().filter(table -> !wanted.contains(table)).forEach(table -> {
            for (String event : List.of("insert", "update", "delete")) {
                statements.add("drop trigger if exists " + PREFIX + event + " on " + quoted(table));
            }
        });
        if (!statements.isEmpty()) {
            database.write(sql -> run(sql, statements));
        }
    }

    private static int run(DSLContext sql, List<String> statements) {
        statements.forEach(sql::execute);
        return statements.size();
    }

    private static String trigger(String table, String event, String rows) {
        return "create or replace trigger " + PREFIX + event + " after " + event + " on " + quoted(table)
                + " referencing " + rows + " for each statement execute function appos.live_change()";
    }

    private static String quoted(String table) {
        int dot = table.indexOf('.');
        return Ddl.quoted(table.substring(0, dot)) + "." + Ddl.quoted(table.substring(dot + 1));
    }
}
