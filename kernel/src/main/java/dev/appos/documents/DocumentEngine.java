package dev.appos.documents;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.DocumentRequest;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Serves `…folders.…`, and what is attached to records.
///
/// Documents are maps: `id`, `name`, `mime_type`, `size_bytes`, `sha256`, `version`, `tags`, `owner`, `is_archived`,
/// `archived_at`, `created_at`, `updated_at`, `updated_by`. Whoever may not see a record hears of what is attached to
/// it exactly what he hears of the record.
public final class DocumentEngine implements Engine {

    private final ContentStore store;
    private final DocumentWrites writes;

    /// @param maxBytes the most that the platform takes in one content, by now
    public DocumentEngine(ContentStore store, LongSupplier maxBytes, Ids ids) {
        this.store = store;
        this.writes = new DocumentWrites(store, maxBytes, ids);
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        if (!(input instanceof Input.Documents documents)) {
            throw Refusal.malformed(
                    definition.ref() + " is a folder; documents in it can be listed, read, added, changed and deleted.",
                    "Use its address below /folders.");
        }
        Place place = Place.of(definition, documents.record());
        return switch (documents.request()) {
            case DocumentRequest.AboutFolder _ -> new Operation.Read(entered(place, permit -> about(permit, place)));
            case DocumentRequest.OpenFolder change -> new Operation.Write(permit -> {
                open(permit, place, change.open());
                return about(permit, place);
            });
            case DocumentRequest.ListDocuments list -> new Operation.Read(entered(
                    place, permit -> DocumentRows.page(permit.sql(), place, list)));
            case DocumentRequest.GetDocument get -> new Operation.Read(entered(
                    place, permit -> DocumentRows.one(permit.sql(), place, get.id())));
            case DocumentRequest.ListVersions list -> new Operation.Read(entered(place, permit -> {
                DocumentRows.one(permit.sql(), place, list.id());
                return DocumentRows.versions(permit.sql(), list.id(), list.limit());
            }));
            case DocumentRequest.ReadContent read -> new Operation.Read(entered(
                    place, permit -> content(permit, place, read.id(), read.version())));
            case DocumentRequest.AddDocument add -> new Operation.Write(entered(
                    place, permit -> writes.add(permit, place, add)));
            case DocumentRequest.AddVersion add -> new Operation.Write(entered(
                    place, permit -> writes.add(permit, place, add)));
            case DocumentRequest.RestoreVersion restore -> new Operation.Write(entered(
                    place, permit -> writes.restore(permit, place, restore)));
            case DocumentRequest.ChangeDocument change -> new Operation.Write(entered(
                    place, permit -> writes.change(permit, place, change)));
            case DocumentRequest.DeleteDocument delete -> new Operation.Write(entered(
                    place, permit -> writes.delete(permit, place, delete.id())));
        };
    }

    /// There is no work without having been let in to the record first.
    private static Operation.Work entered(Place place, Operation.Work work) {
        return permit -> {
            place.enter(permit);
            return work.run(permit);
        };
    }

    private static void open(Permit permit, Place place, boolean open) {
        if (!permit.allows(place.definition().ref(), Permission.ADMIN)) {
            throw Refusal.forbidden("To open or close " + place.ref(), "it takes the permission admin");
        }
        permit.sql().execute("""
                insert into appos.document_folders (ref, is_active) values (?, ?)
                on conflict (ref) do update set is_active = excluded.is_active""", place.ref(), open);
    }

    private Map<String, @Nullable Object> about(Permit permit, Place place) {
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        Optional<Record> row = Optional.ofNullable(permit.sql().fetchOne(
                "select is_active, used_bytes from appos.document_folders where ref = ?", place.ref()));
        about.put("name", place.definition().ref().name());
        about.put("ref", place.ref());
        about.put("description", place.definition().description());
        about.put("document_types", place.rules().documentTypes());
        about.put("max_bytes", place.rules().maxBytes());
        about.put("used_bytes", row.map(found -> found.get("used_bytes", Long.class)).orElse(0L));
        about.put("is_active", row.map(found -> found.get("is_active", Boolean.class)).orElse(true));
        OptionalInt days = place.rules().cleanupDays();
        about.put("cleanup_days", days.isPresent() ? days.getAsInt() : null);
        about.put("archive_first", place.rules().archiveFirst());
        about.put("may_create", permit.allows(place.definition().ref(), Permission.CREATE));
        return about;
    }

    private DocumentContent content(Permit permit, Place place, UUID id, OptionalInt version) {
        Map<String, @Nullable Object> document = DocumentRows.one(permit.sql(), place, id);
        int number = version.orElse((int) document.get("version"));
        Map<String, @Nullable Object> kept = DocumentRows.version(permit.sql(), id, number);
        return new DocumentContent(
                new DocumentContent.About(
                        (String) document.get("name"), (String) kept.get("mime_type"), (long) kept.get("size_bytes"),
                        (String) kept.get("sha256"), number, (java.time.Instant) kept.get("uploaded_at")),
                store);
    }
}
