package dev.appos.record;

import dev.appos.base.Digest;
import dev.appos.object.RecordDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The names of what belongs to a table. They follow from the definition alone, so that every node finds the same ones
/// and an objection of PostgreSQL can be traced back to its field.
final class SqlNames {

    /// PostgreSQL cuts longer names, silently.
    static final int LONGEST = 63;

    private static final int HASH = 8;

    private SqlNames() {}

    /// `customers_email_key`, or `customers_email_3f2a…_key` where that would be too long.
    static String of(String table, List<String> columns, String suffix) {
        String stem = table + "_" + String.join("_", columns);
        String full = stem + "_" + suffix;
        if (bytes(full) <= LONGEST) {
            return full;
        }
        String tail = "_" + Digest.sha256(full).substring(0, HASH) + "_" + suffix;
        return stem.substring(0, LONGEST - tail.length()) + tail;
    }

    static String unique(String table, List<String> columns) {
        return of(table, columns, "key");
    }

    static String primary(String table, List<String> columns) {
        return of(table, columns, "pkey");
    }

    static String reference(String table, String column) {
        return of(table, List.of(column), "fkey");
    }

    /// The table with the field history of a record type.
    static String audit(RecordDefinition record) {
        return record.ref().name() + "_audit_log";
    }

    static boolean fits(String name) {
        return bytes(name) <= LONGEST;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
