package dev.appos.process;

import dev.appos.base.Ref;
import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The places where sources ask `patched("id")`, and how many living instances still need the old side of each.
final class Patches {

    private static final Pattern ASKED = Pattern.compile("\\bpatched\\s*\\(\\s*\"([^\"]+)\"");

    private static final String OLD = """
            select substring(s.path from '#patched (.*)$') as id, count(*) as instances
            from appos.process_ready r
            join appos.process_instance i on i.id = r.id
            join appos.process_step s on s.instance_id = r.id
            where i.process = any(?) and s.path like '%#patched %' and s.answer::text = 'false'
            group by 1""";

    private Patches() {}

    /// Each with its place and `old_side`, the number of living instances that took the old one: with none it can go.
    ///
    /// @param processes whose instances and files are looked at
    static List<Map<String, Object>> of(DSLContext sql, Snapshot snapshot, Collection<Ref> processes) {
        Map<String, Long> old = new HashMap<>();
        for (Record row : sql.fetch(OLD, (Object) processes.stream().map(Ref::toString).toArray(String[]::new))) {
            old.put(row.get("id", String.class), row.get("instances", Long.class));
        }
        List<Map<String, Object>> found = new ArrayList<>();
        processes.stream().map(ref -> snapshot.find(ref).orElseThrow().source().file()).distinct().sorted()
                .forEach(file -> {
                    String text = snapshot.sources().getOrDefault(file, "");
                    Matcher asked = ASKED.matcher(text);
                    while (asked.find()) {
                        int line = (int) text.substring(0, asked.start()).lines().count();
                        found.add(Map.of(
                                "patch", asked.group(1), "file", file, "line", Math.max(1, line),
                                "old_side", old.getOrDefault(asked.group(1), 0L)));
                    }
                });
        return found;
    }
}
