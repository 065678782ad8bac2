package dev.appos.documents;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/// Does what folders say of clean-up, and removes what nobody can reach any more: documents of records that are gone,
/// contents that no version has, files that a crash left behind. A rule of the platform like any other: asked for on a
/// rhythm, decided and audited at the door, a bounded piece in each call.
public final class CleanUp {

    /// So many documents, and so many contents, in one call.
    static final int MOST = 500;

    /// What came so lately may belong to a call that goes on.
    static final Duration LATELY = Duration.ofHours(1);

    private final ContentStore store;

    public CleanUp(ContentStore store) {
        this.store = store;
    }

    /// The rule: answers how many documents it archived and removed, how many contents it removed, and whether there
    /// may be more to do.
    public PlatformRule rule() {
        return PlatformRule.writes(
                "clean_documents",
                "Archives and removes documents as their folders say, and contents that nobody has any more; "
                        + "strays looks through the whole store.",
                Permission.ADMIN,
                List.of(PlatformRule.optional("strays", ValueType.BOOLEAN)),
                (permit, inputs) -> clean(permit, Boolean.TRUE.equals(inputs.get("strays"))));
    }

    private Map<String, Object> clean(Permit permit, boolean strays) {
        Instant now = permit.context().at();
        int archived = 0;
        List<UUID> old = new ArrayList<>();
        for (FolderDefinition folder : permit.snapshot().ofKind(FolderDefinition.class)) {
            if (folder.rules().cleanupDays().isPresent()) {
                Instant until = now.minus(Duration.ofDays(folder.rules().cleanupDays().getAsInt()));
                boolean first = folder.rules().archiveFirst();
                archived += first ? archive(permit.sql(), folder, until, now) : 0;
                old.addAll(old(permit.sql(), folder, until, first));
            }
        }
        for (RecordDefinition record : permit.snapshot().ofKind(RecordDefinition.class)) {
            if (record.traits().attachments()) {
                old.addAll(orphans(permit.sql(), record));
            }
        }
        old.forEach(id -> DocumentRows.remove(permit.sql(), id));
        try {
            if (strays) {
                adopt(permit.sql(), now.minus(LATELY));
                store.forget(now.minus(Duration.ofDays(1)));
            }
            int contents = sweep(permit.sql(), now.minus(LATELY));
            Map<String, Object> done = new LinkedHashMap<>();
            done.put("archived", archived);
            done.put("removed", old.size());
            done.put("contents", contents);
            done.put("more", archived >= MOST || old.size() >= MOST || contents >= MOST);
            return done;
        } catch (IOException failure) {
            throw Refusal.unavailable(
                    "The document store cannot be cleaned: " + failure.getMessage() + ".", "Look at its health.");
        }
    }

    private static int archive(DSLContext sql, FolderDefinition folder, Instant until, Instant now) {
        return sql.execute("""
                update appos.document_meta set is_archived = true, archived_at = ?
                where id in (select id from appos.document_meta
                             where ref = ? and not is_archived and updated_at < ? limit ? for update skip locked)""",
                DocumentRows.at(now), folder.ref().toString(), DocumentRows.at(until), MOST);
    }

    private static List<UUID> old(DSLContext sql, FolderDefinition folder, Instant until, boolean archivedOnly) {
        String age = archivedOnly ? "is_archived and archived_at < ?" : "updated_at < ?";
        return sql.fetch("select id from appos.document_meta where ref = ? and " + age
                                + " limit ? for update skip locked",
                        folder.ref().toString(), DocumentRows.at(until), MOST)
                .map(row -> row.get(0, UUID.class));
    }

    /// Of records that are gone for good; one in the trash keeps its documents.
    private static List<UUID> orphans(DSLContext sql, RecordDefinition record) {
        return sql.fetch("""
                        select d.id from appos.document_meta d
                        where d.ref = {0} and not exists (select from {1} r where r.id = d.record_id)
                        limit {2} for update of d skip locked""",
                        val(record.ref().toString()),
                        table(name(record.ref().app(), record.plural())), val(MOST))
                .map(row -> row.get(0, UUID.class));
    }

    /// Gives content that lies in the store without a row its row: what is swept is swept under the lock of that.
    private void adopt(DSLContext sql, Instant until) throws IOException {
        List<ContentStore.Kept> strays = new ArrayList<>();
        store.each(kept -> {
            if (kept.since().isBefore(until)) {
                strays.add(kept);
                if (strays.size() == MOST) {
                    adopt(sql, strays);
                }
            }
        });
        adopt(sql, strays);
    }

    private static void adopt(DSLContext sql, List<ContentStore.Kept> strays) {
        sql.execute("""
                insert into appos.document_contents (sha256, size_bytes, stored_at)
                select * from unnest(?::text[], ?::bigint[], ?::timestamptz[]) on conflict do nothing""",
                strays.stream().map(ContentStore.Kept::sha256).toArray(String[]::new),
                strays.stream().map(ContentStore.Kept::bytes).toArray(Long[]::new),
                strays.stream().map(kept -> kept.since().toString()).toArray(String[]::new));
        strays.clear();
    }

    /// The file goes before the row does: a crash in between leaves a row without versions, and whoever keeps the same
    /// content again puts the file back.
    private int sweep(DSLContext sql, Instant until) throws IOException {
        List<String> gone = sql.fetch("""
                        delete from appos.document_contents
                        where sha256 in (
                            select c.sha256 from appos.document_contents c
                            where c.stored_at < ? and not exists
                                (select from appos.document_versions v where v.sha256 = c.sha256)
                            limit ? for update skip locked)
                        returning sha256""", DocumentRows.at(until), MOST)
                .map(row -> row.get(0, String.class));
        for (String sha256 : gone) {
            store.remove(sha256);
        }
        return gone.size();
    }
}
