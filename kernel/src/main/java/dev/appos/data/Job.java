package dev.appos.data;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// An import as it stands.
///
/// @param file      under which the file is kept
/// @param status    `queued`, `running`, `completed`, `failed` or `cancelled`
/// @param place     how many rows of the file are dealt with
/// @param total     how many there are, once they are counted
/// @param execution the id under which all of it happens
/// @param shown     the whole as callers see it
record Job(
        UUID id,
        String record,
        UUID file,
        ImportOptions options,
        String status,
        long place,
        Optional<Long> total,
        String execution,
        String startedBy,
        Map<String, @Nullable Object> shown) {

    static final String COLUMNS = """
            id, kind, record, file, file_name, options, status, place, total, created, updated, ignored, failed,
            message, remedy, execution_id, started_by, created_at, started_at, finished_at""";

    static Job of(Record row) {
        ImportOptions options = ImportOptions.of(JobTable.object(row.get("options", String.class)));
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", row.get("id", String.class));
        shown.put("kind", row.get("kind", String.class));
        shown.put("record", row.get("record", String.class));
        shown.put("file_name", row.get("file_name", String.class));
        shown.put("options", options.values());
        shown.put("status", row.get("status", String.class));
        for (String name : new String[] {"place", "total", "created", "updated", "ignored", "failed"}) {
            shown.put(name.equals("place") ? "done" : name, row.get(name, Long.class));
        }
        shown.put("message", row.get("message", String.class));
        shown.put("remedy", row.get("remedy", String.class));
        shown.put("execution_id", row.get("execution_id", String.class));
        shown.put("started_by", row.get("started_by", String.class));
        for (String name : new String[] {"created_at", "started_at", "finished_at"}) {
            shown.put(name, row.get(name, Instant.class));
        }
        return new Job(
                row.get("id", UUID.class),
                row.get("record", String.class),
                row.get("file", UUID.class),
                options,
                row.get("status", String.class),
                row.get("place", Long.class),
                Optional.ofNullable(row.get("total", Long.class)),
                row.get("execution_id", String.class),
                row.get("started_by", String.class),
                shown);
    }

    boolean open() {
        return status.equals("queued") || status.equals("running");
    }
}
