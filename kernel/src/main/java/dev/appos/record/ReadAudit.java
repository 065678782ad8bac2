package dev.appos.record;

import dev.appos.dispatch.Permit;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Who saw which record, of those types that say `auditReads`. A row is written before the records are shown: when it
/// cannot be, they are not.
final class ReadAudit {

    private static final String ADD = """
            insert into appos.record_read (ref, record_ids, read_by, execution_id, read_at)
            values (?, ?, ?, ?, cast(? as timestamptz))""";

    private static final String SWEEP = "delete from appos.record_read where read_at < cast(? as timestamptz)";

    private ReadAudit() {}

    static void add(Permit permit, RecordTable table, List<Long> ids) {
        if (!ids.isEmpty()) {
            permit.sql().execute(
                    ADD, table.ref().toString(), ids.toArray(Long[]::new), permit.principal().name(),
                    permit.context().executionId(), permit.context().at().atOffset(ZoneOffset.UTC));
        }
    }

    /// Readings of records of a type, newest first.
    ///
    /// @param record only those of this record
    /// @param before only those older than the one with this id
    static List<Map<String, @Nullable Object>> page(
            DSLContext sql, String ref, Optional<Long> record, Optional<Long> before, int limit) {
        StringBuilder text = new StringBuilder("select * from appos.record_read where ref = ?");
        List<Object> values = new ArrayList<>(List.of(ref));
        record.ifPresent(id -> {
            text.append(" and record_ids @> array[cast(? as bigint)]");
            values.add(id);
        });
        before.ifPresent(id -> {
            text.append(" and id < ?");
            values.add(id);
        });
        values.add(limit);
        return sql.fetch(text + " order by id desc limit ?", values.toArray()).map(ReadAudit::entry);
    }

    private static Map<String, @Nullable Object> entry(Record row) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", row.get("id", Long.class));
        entry.put("ref", row.get("ref", String.class));
        entry.put("record_ids", Arrays.asList(row.get("record_ids", Long[].class)));
        entry.put("read_by", row.get("read_by", String.class));
        entry.put("execution_id", row.get("execution_id", String.class));
        entry.put("read_at", row.get("read_at", OffsetDateTime.class).toInstant());
        return entry;
    }

    static int sweep(DSLContext sql, Instant before) {
        return sql.execute(SWEEP, before.atOffset(ZoneOffset.UTC));
    }
}
