package dev.appos.record;

import dev.appos.dispatch.Permit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// What the platform itself writes into a row: who, when, and how often by now.
final class Stamp {

    private Stamp() {}

    /// The columns written into a new row; its version is the column's default.
    static List<Column> onCreation(RecordTable table) {
        return List.of(
                table.known("created_at"),
                table.known("created_by"),
                table.known("updated_at"),
                table.known("updated_by"));
    }

    /// What is written into them, in their order.
    static List<@Nullable Object> created(Permit permit) {
        Instant at = permit.context().at();
        String by = permit.principal().name();
        return List.of(at, by, at, by);
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
