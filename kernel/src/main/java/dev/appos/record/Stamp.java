package dev.appos.record;

import dev.appos.dispatch.Permit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// What the platform itself writes into a row: who, when, and how often by now.
final class Stamp {

    private Stamp() {}

    /// For a new row; its version is the column's default.
    static Map<Field<?>, @Nullable Object> created(Permit permit, RecordTable table) {
        Map<Field<?>, @Nullable Object> stamp = new LinkedHashMap<>();
        stamp.put(table.known("created_at").bare(), permit.context().at());
        stamp.put(table.known("created_by").bare(), permit.principal().name());
        stamp.put(table.known("updated_at").bare(), permit.context().at());
        stamp.put(table.known("updated_by").bare(), permit.principal().name());
        return stamp;
    }

    /// For a row that changes.
    static Map<Field<?>, @Nullable Object> changed(Permit permit, RecordTable table) {
        Field<Object> version = table.known(RecordTable.VERSION).bare();
        Map<Field<?>, @Nullable Object> stamp = new LinkedHashMap<>();
        stamp.put(table.known("updated_at").bare(), permit.context().at());
        stamp.put(table.known("updated_by").bare(), permit.principal().name());
        stamp.put(version, version.plus(1));
        return stamp;
    }
}
