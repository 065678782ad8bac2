package dev.appos.record;

import dev.appos.record.LiveTable.LiveColumn;
import dev.appos.record.LiveTable.LiveConstraint;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Reads what tables there are from PostgreSQL's catalog.
final class Catalog {

    private static final String COLUMNS = """
            select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   case a.attgenerated when '' then '' else 'generated ' || a.attgenerated::text || ' ' end
                       || pg_get_expr(d.adbin, d.adrelid),
                   col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')
            from pg_namespace n
            join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where n.nspname = any(?) order by n.nspname, c.relname, a.attnum""";

    private static final String CONSTRAINTS = """
            select n.nspname, c.relname, k.conname, k.contype::text, pg_get_constraintdef(k.oid),
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = c.oid and a.attnum = any(k.conkey))
            from pg_namespace n
            join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
            join pg_constraint k on k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')
            where n.nspname = any(?) order by k.conname""";

    private static final String INDEXES = """
            select n.nspname, c.relname, x.relname,
                   pg_get_indexdef(x.oid) || case when i.indisvalid then '' else ' (cut off)' end
            from pg_namespace n
            join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
            join pg_index i on i.indrelid = c.oid
            join pg_class x on x.oid = i.indexrelid
            where n.nspname = any(?) and not exists (select from pg_constraint k where k.conindid = x.oid)
            order by x.relname""";

    private static final String TRIGGERS = """
            select n.nspname, c.relname, t.tgname
            from pg_namespace n
            join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
            join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
            where n.nspname = any(?)""";

    private Catalog() {}

    /// The tables of apps, by `app.table`.
    static Map<String, LiveTable> read(DSLContext sql, Collection<String> apps, Schemas schemas) {
        String[] names = apps.stream().map(schemas::schema).toArray(String[]::new);
        Map<String, LiveTable> tables = new TreeMap<>();
        for (Record row : sql.fetch(COLUMNS, (Object) names)) {
            tables.computeIfAbsent(title(row, schemas), _ -> LiveTable.empty(LiveTable.KEPT.equals(row.get(7))))
                    .columns()
                    .put(row.get(2, String.class), new LiveColumn(
                            row.get(3, String.class),
                            row.get(4, Boolean.class),
                            Optional.ofNullable(row.get(5, String.class)).map(schemas::neutral),
                            LiveTable.KEPT.equals(row.get(6))));
        }
        for (Record row : sql.fetch(CONSTRAINTS, (Object) names)) {
            List<String> columns = Arrays.asList(row.get(5, String[].class));
            tables.get(title(row, schemas)).constraints().put(row.get(2, String.class), new LiveConstraint(
                    row.get(3, String.class).charAt(0), schemas.neutral(row.get(4, String.class)), columns));
        }
        for (Record row : sql.fetch(INDEXES, (Object) names)) {
            tables.get(title(row, schemas)).indexes().put(
                    row.get(2, String.class), schemas.neutral(row.get(3, String.class)));
        }
        for (Record row : sql.fetch(TRIGGERS, (Object) names)) {
            tables.get(title(row, schemas)).triggers().add(row.get(2, String.class));
        }
        return tables;
    }

    private static String title(Record row, Schemas schemas) {
        return schemas.neutral(row.get(0, String.class)) + "." + row.get(1, String.class);
    }
}
