package dev.appos.documents;

import dev.appos.base.Refusal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// The rows of documents: how they are found in their place, and what is told of them.
final class DocumentRows {

    /// More are on the next page.
    static final int LARGEST = 1000;

    private static final String ROW = """
            select d.id, d.name, d.mime_type, d.size_bytes, d.sha256, d.version, d.tags, d.owner, d.is_archived,
                   d.archived_at, d.created_at, d.updated_at, d.updated_by
            from appos.document_meta d where d.ref = ? and d.record_id is not distinct from ?::bigint""";

    private DocumentRows() {}

    /// One document; a document of another place is none.
    static Map<String, @Nullable Object> one(DSLContext sql, Place place, UUID id) {
        return found(sql.fetchOne(ROW + " and d.id = ?", place.ref(), record(place), id), id);
    }

    /// The same, held until the end of the call: who changes it waits for the others.
    static Map<String, @Nullable Object> held(DSLContext sql, Place place, UUID id) {
        return found(sql.fetchOne(ROW + " and d.id = ? for update", place.ref(), record(place), id), id);
    }

    /// A page, the newest first.
    static List<Map<String, @Nullable Object>> page(
            DSLContext sql, Place place, dev.appos.object.DocumentRequest.ListDocuments asked) {
        UUID after = asked.after().orElse(null);
        return sql.fetch(
                        ROW + """
                         and d.is_archived = ? and (? = '' or strpos(lower(d.name), lower(?)) > 0)
                        and (? = '' or d.tags @> array[?::text]) and (?::uuid is null or d.id < ?::uuid)
                        order by d.id desc limit ?""",
                        place.ref(), record(place), asked.archived(), asked.name(), asked.name(), asked.tag(),
                        asked.tag(), after, after, Math.clamp(asked.limit(), 0, LARGEST))
                .map(DocumentRows::told);
    }

    static List<Map<String, @Nullable Object>> versions(DSLContext sql, UUID document, int limit) {
        return sql.fetch("""
                        select version, sha256, mime_type, size_bytes, uploaded_by, uploaded_at, change_note
                        from appos.document_versions where document_id = ? order by version desc limit ?""",
                        document, Math.clamp(limit, 0, LARGEST))
                .map(DocumentRows::map);
    }

    /// @throws Refusal if the document has no such version
    static Map<String, @Nullable Object> version(DSLContext sql, UUID document, int version) {
        Record row = sql.fetchOne("""
                select version, sha256, mime_type, size_bytes, uploaded_by, uploaded_at, change_note
                from appos.document_versions where document_id = ? and version = ?""", document, version);
        if (row == null) {
            throw Refusal.notFound("version " + version + " of document " + document);
        }
        return map(row);
    }

    /// Removes a document with its versions, and gives its place back.
    static void remove(DSLContext sql, UUID document) {
        sql.execute("""
                with gone as (delete from appos.document_versions where document_id = ? returning size_bytes)
                update appos.document_folders
                set used_bytes = used_bytes - (select coalesce(sum(size_bytes), 0) from gone)
                where ref = (select ref from appos.document_meta where id = ?)""", document, document);
        sql.execute("delete from appos.document_meta where id = ?", document);
    }

    static @Nullable Long record(Place place) {
        return place.record().isPresent() ? place.record().getAsLong() : null;
    }

    static Timestamp at(Instant instant) {
        return Timestamp.from(instant);
    }

    private static Map<String, @Nullable Object> found(@Nullable Record row, UUID id) {
        if (row == null) {
            throw Refusal.notFound("document " + id);
        }
        return told(row);
    }

    private static Map<String, @Nullable Object> told(Record row) {
        Map<String, @Nullable Object> told = map(row);
        told.computeIfPresent("tags", (_, tags) -> Arrays.asList((Object[]) tags));
        return told;
    }

    private static Map<String, @Nullable Object> map(Record row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            map.put(row.field(i).getName(), value instanceof java.time.OffsetDateTime time ? time.toInstant() : value);
        }
        return map;
    }
}
