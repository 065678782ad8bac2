package dev.appos.secure;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;

/// The counters by which processes learn that what they remember has changed.
///
/// A change bumps its counter in its own transaction and before anything else, the directory's before the others. That
/// makes changes of one area wait for each other and in one order, so what a change has checked still holds when it
/// commits, no two wait for one another, and the counter moves in the order of commits.
public final class Versions {

    /// What is remembered together.
    public enum Area {
        /// Users, groups, members, grants, agents.
        DIRECTORY,
        /// Sessions, tokens and keys.
        CREDENTIALS,
        /// The rules that judge agents.
        POLICIES;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Versions() {}

    /// Announces a change that this transaction makes.
    public static void bump(DSLContext sql, Area area) {
        sql.execute("update appos.security_version set version = version + 1 where name = ?", area.word());
    }

    /// Every counter, all at one moment.
    static Map<Area, Long> all(DSLContext sql) {
        Map<Area, Long> versions = new EnumMap<>(Area.class);
        sql.fetch("select name, version from appos.security_version").forEach(row -> versions.put(
                Area.valueOf(row.get("name", String.class).toUpperCase(Locale.ROOT)), row.get("version", long.class)));
        return versions;
    }

    /// The counter as this statement sees it.
    public static long of(DSLContext sql, Area area) {
        return sql.fetchSingle("select version from appos.security_version where name = ?", area.word())
                .into(long.class);
    }
}
