package dev.appos.config;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The table of what administrators said instead of the files, shared by all servers.
final class Overrides {

    private Overrides() {}

    /// All of them, by path of their key.
    static Map<String, AdminValue> read(DSLContext sql) {
        Map<String, AdminValue> overrides = new LinkedHashMap<>();
        for (Record row : sql.fetch("select key, value, changed_by from appos.platform_config order by key")) {
            overrides.put(row.get("key", String.class),
                    new AdminValue(row.get("value", String.class), row.get("changed_by", String.class)));
        }
        return overrides;
    }

    static void put(DSLContext sql, Key key, AdminValue override, Instant at) {
        sql.execute(
                """
                insert into appos.platform_config (key, value, changed_at, changed_by)
                values (?, ?, cast(? as timestamptz), ?)
                on conflict (key) do update
                set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """,
                key.path(), override.value(), at, override.by());
    }

    /// Whether there was one.
    static boolean delete(DSLContext sql, Key key) {
        return sql.execute("delete from appos.platform_config where key = ?", key.path()) > 0;
    }
}
