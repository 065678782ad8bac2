package dev.appos.record;

import dev.appos.store.Database;
import java.util.Set;
import org.jooq.Record;
import org.jooq.Table;

/// Which tables fit on one page of PostgreSQL: reading such a table whole costs less than looking rows up in it.
///
/// Known from the catalog, which is asked from time to time and never in a call. A table that has grown since then is
/// still read rightly, only more slowly.
///
/// @param names of the tables, with their schemas
public record SmallTables(Set<String> names) {

    static final SmallTables NONE = new SmallTables(Set.of());

    /// Empty tables are left out: they are about to be filled, or of no interest.
    private static final String LOOK = """
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$|appos$)'
              and pg_relation_size(c.oid) between 1 and current_setting('block_size')::int""";

    /// How the tables of the apps stand now.
    public static SmallTables of(Database database) {
        return new SmallTables(database.read(sql -> Set.copyOf(sql.fetch(LOOK).getValues(0, String.class))));
    }

    boolean have(Table<Record> table) {
        return names.contains(table.getQualifiedName().unquotedName().toString());
    }
}
