package dev.appos.documents;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.object.DocumentRequest;
import dev.appos.object.Upload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Everything that changes documents. Content is kept before the row that names it is committed, so after a crash there
/// may be content without a row, which is swept away, and never a row without content.
final class DocumentWrites {

    private final ContentStore store;
    private final LongSupplier maxBytes;
    private final Ids ids;
    private final MediaTypes types = new MediaTypes();

    /// @param maxBytes the most that the platform takes in one content
    DocumentWrites(ContentStore store, LongSupplier maxBytes, Ids ids) {
        this.store = store;
        this.maxBytes = maxBytes;
        this.ids = ids;
    }

    Map<String, @Nullable Object> add(Permit permit, Place place, DocumentRequest.AddDocument asked) {
        String name = DocumentName.of(asked.name());
        String type = check(permit.sql(), place, name, asked.content());
        UUID id = ids.next();
        keep(permit, place, asked.content());
        permit.sql().execute("""
                insert into appos.document_meta (id, ref, record_id, name, mime_type, size_bytes, sha256, version,
                                                 tags, owner, created_at, updated_at, updated_by)
                values (?, ?, ?, ?, ?, ?, ?, 1, ?::text[], ?, ?, ?, ?)""",
                id, place.ref(), DocumentRows.record(place), name, type, asked.content().bytes(),
                asked.content().sha256(), tags(asked.tags()), by(permit), at(permit), at(permit), by(permit));
        version(permit, id, 1, type, asked.content().bytes(), asked.content().sha256(), asked.note());
        return DocumentRows.one(permit.sql(), place, id);
    }

    Map<String, @Nullable Object> add(Permit permit, Place place, DocumentRequest.AddVersion asked) {
        Map<String, @Nullable Object> document = DocumentRows.held(permit.sql(), place, asked.id());
        int last = (int) document.get("version");
        if (asked.version().isPresent() && asked.version().getAsInt() != last) {
            throw Refusal.stale("The document " + asked.id(), last);
        }
        String type = check(permit.sql(), place, (String) document.get("name"), asked.content());
        keep(permit, place, asked.content());
        return next(permit, place, document, type, asked.content().bytes(), asked.content().sha256(), asked.note());
    }

    Map<String, @Nullable Object> restore(Permit permit, Place place, DocumentRequest.RestoreVersion asked) {
        Map<String, @Nullable Object> document = DocumentRows.held(permit.sql(), place, asked.id());
        Map<String, @Nullable Object> old = DocumentRows.version(permit.sql(), asked.id(), asked.version());
        long bytes = (long) old.get("size_bytes");
        room(permit.sql(), place, bytes);
        String note = asked.note().isEmpty() ? "Version " + asked.version() + " again" : asked.note();
        return next(permit, place, document, (String) old.get("mime_type"), bytes, (String) old.get("sha256"), note);
    }

    Map<String, @Nullable Object> change(Permit permit, Place place, DocumentRequest.ChangeDocument asked) {
        Map<String, @Nullable Object> document = DocumentRows.held(permit.sql(), place, asked.id());
        String name = asked.name().map(DocumentName::of).orElse((String) document.get("name"));
        String type = (String) document.get("mime_type");
        String named = asked.name().isEmpty() ? type : types.named(type, name).orElseThrow(() -> claims(name, type));
        boolean was = (boolean) document.get("is_archived");
        boolean archived = asked.archived().orElse(was);
        List<?> tags = asked.tags().<List<?>>map(DocumentName::tags).orElse((List<?>) document.get("tags"));
        permit.sql().execute("""
                update appos.document_meta set name = ?, mime_type = ?, tags = ?::text[], is_archived = ?,
                    archived_at = case when not ? then null when is_archived then archived_at else ?::timestamptz end,
                    updated_at = ?, updated_by = ?
                where id = ?""",
                name, named, tags.toArray(new String[0]), archived, archived, at(permit), at(permit), by(permit),
                asked.id());
        return DocumentRows.one(permit.sql(), place, asked.id());
    }

    Map<String, @Nullable Object> delete(Permit permit, Place place, UUID id) {
        Map<String, @Nullable Object> document = DocumentRows.held(permit.sql(), place, id);
        DocumentRows.remove(permit.sql(), id);
        return document;
    }

    /// The questions in their order: is the folder open, is the content of a type it takes, and of the one its name
    /// claims, is it small enough for the platform, is there room in the folder.
    ///
    /// @return the type it is kept as
    private String check(DSLContext sql, Place place, String name, Upload content) {
        Record folder = sql.fetchOne(
                "select is_active, used_bytes from appos.document_folders where ref = ?", place.ref());
        if (folder != null && !folder.get("is_active", Boolean.class)) {
            throw Refusal.conflict(
                    place.ref() + " is closed: it takes no documents.", "Ask its administrator to open it.");
        }
        String type = types.named(content.type(), name).orElseThrow(() -> claims(name, content.type()));
        if (!place.rules().takes(type)) {
            throw Refusal.invalid("The document", "/file", "mime_type", "is " + type + ", and " + place.ref()
                    + " takes " + String.join(", ", place.rules().documentTypes()));
        }
        if (!content.whole() || content.bytes() > maxBytes.getAsLong()) {
            throw Refusal.tooLarge(
                    "The document is larger than " + maxBytes.getAsLong() + " bytes.",
                    "Send a smaller one, or ask an administrator to raise documents.max_upload_size_mb.");
        }
        long used = folder == null ? 0 : folder.get("used_bytes", Long.class);
        if (used > place.rules().maxBytes() - content.bytes()) {
            throw full(place);
        }
        return type;
    }

    private void keep(Permit permit, Place place, Upload content) {
        // Held until the end of the call: what removes content that nobody names waits, and sees the name then.
        permit.sql().execute("""
                insert into appos.document_contents (sha256, size_bytes, stored_at) values (?, ?, ?)
                on conflict (sha256) do update set stored_at = excluded.stored_at""",
                content.sha256(), content.bytes(), at(permit));
        try {
            store.keep(content);
        } catch (IOException failure) {
            throw Refusal.unavailable(
                    "The content could not be kept: " + failure.getMessage() + ".",
                    "Tell an administrator to look at the space and the health of the document store.");
        }
        room(permit.sql(), place, content.bytes());
    }

    /// Takes room in the folder; here parallel uploads wait for each other, so that the limit is exact.
    private static void room(DSLContext sql, Place place, long bytes) {
        int taken = sql.execute("""
                insert into appos.document_folders as f (ref, used_bytes) values (?, ?)
                on conflict (ref) do update set used_bytes = f.used_bytes + excluded.used_bytes
                where f.is_active and f.used_bytes <= ? - excluded.used_bytes""",
                place.ref(), bytes, place.rules().maxBytes());
        if (taken == 0) {
            throw full(place);
        }
    }

    private Map<String, @Nullable Object> next(
            Permit permit, Place place, Map<String, @Nullable Object> document, String type, long bytes,
            String sha256, String note) {
        UUID id = (UUID) document.get("id");
        int number = (int) document.get("version") + 1;
        version(permit, id, number, type, bytes, sha256, note);
        permit.sql().execute("""
                update appos.document_meta
                set version = ?, mime_type = ?, size_bytes = ?, sha256 = ?, updated_at = ?, updated_by = ?
                where id = ?""", number, type, bytes, sha256, at(permit), by(permit), id);
        return DocumentRows.one(permit.sql(), place, id);
    }

    private static void version(
            Permit permit, UUID document, int number, String type, long bytes, String sha256, String note) {
        permit.sql().execute("""
                insert into appos.document_versions
                    (document_id, version, sha256, mime_type, size_bytes, uploaded_by, uploaded_at, change_note)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                document, number, sha256, type, bytes, by(permit), at(permit), DocumentName.note(note));
    }

    private static String[] tags(List<String> given) {
        return DocumentName.tags(given).toArray(new String[0]);
    }

    private static String by(Permit permit) {
        return permit.principal().name();
    }

    private static java.sql.Timestamp at(Permit permit) {
        return DocumentRows.at(permit.context().at());
    }

    private static Refusal claims(String name, String type) {
        return Refusal.invalid("The document", "/name", "mime_type",
                "\"" + name + "\" claims another type than its content has, which is " + type);
    }

    private static Refusal full(Place place) {
        return Refusal.tooLarge(
                "The documents of " + place.ref() + " may take " + place.rules().maxBytes()
                        + " bytes together, and there is no room for this one.",
                "Remove documents that nobody needs, or raise maxSizeMb of the folder.");
    }
}
