package dev.appos.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.object.DocumentRequest;
import dev.appos.object.DocumentRequest.AddDocument;
import dev.appos.object.DocumentRequest.AddVersion;
import dev.appos.object.DocumentRequest.ChangeDocument;
import dev.appos.object.DocumentRequest.DeleteDocument;
import dev.appos.object.DocumentRequest.GetDocument;
import dev.appos.object.DocumentRequest.ListDocuments;
import dev.appos.object.DocumentRequest.ListVersions;
import dev.appos.object.DocumentRequest.OpenFolder;
import dev.appos.object.DocumentRequest.ReadContent;
import dev.appos.object.DocumentRequest.RestoreVersion;
import dev.appos.object.Permission;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What folders and documents promise.
class DocumentsTest {

    private static final String PAPERS = Archive.PAPERS;
    private static final OptionalInt NEWEST = OptionalInt.empty();

    @TempDir
    private static Path folder;

    private static Archive archive;

    @BeforeAll
    static void open() {
        archive = new Archive(folder);
    }

    @AfterAll
    static void close() {
        archive.close();
    }

    @Test
    void a_document_comes_back_as_it_was_put_in_with_what_is_known_of_it() {
        Map<String, Object> made = Archive.map(archive.ask("ana", PAPERS, new AddDocument(
                "Grüße.txt", archive.upload("hello"), "the first", List.of("Mail", "mail", "b"))));

        assertThat(made).containsEntry("name", "Grüße.txt").containsEntry("mime_type", "text/plain")
                .containsEntry("size_bytes", 5L).containsEntry("version", 1).containsEntry("owner", "ana")
                .containsEntry("is_archived", false).containsEntry("tags", List.of("b", "mail"));
        assertThat(archive.text("gus", PAPERS, Archive.id(made), NEWEST)).isEqualTo("hello");
        assertThat(archive.ask("gus", PAPERS, new GetDocument(Archive.id(made)))).isEqualTo(made);
    }

    @Test
    void old_versions_stay_readable_and_one_of_them_can_be_the_newest_again() {
        UUID id = archive.paper("ana", "one");
        archive.ask("bob", PAPERS, new AddVersion(id, archive.upload("two"), "better", OptionalInt.of(1)));
        archive.ask("ana", PAPERS, new RestoreVersion(id, 1, ""));

        assertThat(archive.text("ana", PAPERS, id, NEWEST)).isEqualTo("one");
        assertThat(archive.text("ana", PAPERS, id, OptionalInt.of(2))).isEqualTo("two");
        List<?> versions = (List<?>) archive.ask("gus", PAPERS, new ListVersions(id, 10));
        assertThat(versions).extracting(each -> Archive.map(each).get("version") + " " + Archive.map(each)
                        .get("uploaded_by") + " " + Archive.map(each).get("change_note"))
                .containsExactly("3 ana Version 1 again", "2 bob better", "1 ana ");
        assertThat(refused("ana", PAPERS, new ReadContent(id, OptionalInt.of(4))).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(refused("bob", PAPERS, new AddVersion(id, archive.upload("x"), "", OptionalInt.of(2))).reason())
                .isEqualTo(Reason.STALE);
    }

    @Test
    void an_archived_document_is_listed_apart_and_comes_back() {
        UUID id = archive.paper("ana", "to be archived");
        archive.ask("ana", PAPERS, archiving(id, true));

        assertThat(ids(list(false))).doesNotContain(id);
        assertThat(ids(list(true))).contains(id);
        archive.ask("ana", PAPERS, archiving(id, false));
        assertThat(ids(list(false))).contains(id);
        assertThat(Archive.map(archive.ask("ana", PAPERS, new GetDocument(id))).get("archived_at")).isNull();
    }

    @Test
    void each_permission_of_the_folder_lets_in_to_what_it_says_and_to_no_more() {
        UUID id = archive.paper("ana", "who may");

        assertThat(refused("gus", PAPERS, archive.adding("a.txt", "x")).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused("gus", PAPERS, archiving(id, true)).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused("ana", PAPERS, new DeleteDocument(id)).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused("ana", PAPERS, new OpenFolder(false)).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused("out", PAPERS, new GetDocument(id)).reason()).isEqualTo(Reason.NOT_FOUND);
        archive.ask("eva", PAPERS, new DeleteDocument(id));
        assertThat(refused("ana", PAPERS, new GetDocument(id)).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void a_grant_on_a_folder_or_on_all_folders_of_an_app_opens_it() {
        archive.world.user("gro", dev.appos.secure.Principal.Type.BASIC, "growers");
        archive.world.open("growers", "office");
        assertThat(refused("gro", PAPERS, archive.adding("a.txt", "x")).reason()).isEqualTo(Reason.NOT_FOUND);

        archive.world.grant("growers", "office.folders.*", Permission.CREATE);
        assertThat(archive.paper("gro", "granted")).isNotNull();
        archive.world.revoke("growers", "office.folders.*", Permission.CREATE);
        archive.world.grant("growers", PAPERS, Permission.VIEW);
        assertThat(refused("gro", PAPERS, archive.adding("a.txt", "x")).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused("gro", Archive.SCANS, list(false)).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void the_questions_are_asked_in_their_order() {
        byte[] tooLarge = new byte[(int) Archive.MAX_BYTES + 1];
        archive.ask("eva", PAPERS, new OpenFolder(false));
        try {
            assertThat(refused("ana", PAPERS, archive.adding("a.pdf", "no pdf")).getMessage()).contains("is closed");
        } finally {
            archive.ask("eva", PAPERS, new OpenFolder(true));
        }
        assertThat(refused("ana", Archive.SCANS, new AddDocument(
                        "a.txt", archive.upload(tooLarge, false), "", List.of())).getMessage())
                .contains("takes application/pdf");
        assertThat(refused("ana", PAPERS, new AddDocument(
                "a.bin", archive.upload(tooLarge, false), "", List.of())).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "offer.pdf, '<html><script>alert(1)</script></html>', claims another type",
        "offer.pdf, 'MZ and more', claims another type",
        "photo.png, 'GIF89a and more', claims another type",
        "note.txt, 'only a text', takes application/pdf",
        "plain, '#!/bin/sh\nrm x', takes application/pdf",
    })
    void what_a_file_is_its_content_says_and_not_its_name(String name, String content, String why) {
        Refusal refusal = refused("ana", Archive.SCANS, archive.adding(name, content));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.getMessage()).contains(why);
    }

    @Test
    void a_name_makes_a_type_more_precise() {
        assertThat(Archive.map(archive.ask("ana", PAPERS, archive.adding("a.csv", "a,b\n1,2"))))
                .containsEntry("mime_type", "text/csv");
        assertThat(Archive.map(archive.ask("ana", Archive.SCANS, archive.adding("a.pdf", "%PDF-1.7\n1 0 obj"))))
                .containsEntry("mime_type", "application/pdf");
        assertThat(Archive.map(archive.ask("ana", PAPERS, archive.adding("a.txt", "<html><body>x</body></html>"))))
                .containsEntry("mime_type", "text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "../../etc/passwd", "a/b.txt", "C:\\x.txt", "a\u0000.txt", "a\nb.txt",
        "evil\u202Etxt.exe", "\uD800.txt", "a\u2028b"})
    void a_name_that_is_no_name_is_refused(String name) {
        assertThat(refused("ana", PAPERS, archive.adding(name, "x")).faults())
                .extracting(Refusal.Fault::path).containsExactly("/name");
    }

    @Test
    void a_folder_takes_no_more_than_it_has_room_for_even_when_all_come_at_once() throws Exception {
        archive.world.database.write(sql -> sql.execute("delete from appos.document_meta where ref = '"
                + PAPERS + "'") + sql.execute("update appos.document_folders set used_bytes = 0"));
        int megabyte = 1024 * 1024;
        List<Callable<Boolean>> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] bytes = new byte[megabyte];
            bytes[0] = (byte) i;
            uploads.add(() -> {
                try {
                    archive.ask("ana", PAPERS, new AddDocument("a.bin", archive.upload(bytes, true), "", List.of()));
                    return true;
                } catch (Refusal full) {
                    assertThat(full.reason()).isEqualTo(Reason.TOO_LARGE);
                    return false;
                }
            });
        }
        int taken = 0;
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> each : all.invokeAll(uploads)) {
                taken += each.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(4);
        Object about = archive.ask("gus", PAPERS, new DocumentRequest.AboutFolder());
        assertThat(about).hasFieldOrPropertyWithValue("used_bytes", 4L * megabyte);
        ids(list(false)).forEach(id -> archive.ask("eva", PAPERS, new DeleteDocument(id)));
        assertThat(archive.ask("gus", PAPERS, new DocumentRequest.AboutFolder()))
                .hasFieldOrPropertyWithValue("used_bytes", 0L);
    }

    @Test
    void equal_contents_lie_in_the_store_once() {
        long before = archive.contents();
        archive.paper("ana", "said twice");
        archive.paper("bob", "said twice");

        assertThat(archive.contents()).isEqualTo(before + 1);
    }

    private static DocumentRequest archiving(UUID id, boolean archived) {
        return new ChangeDocument(id, Optional.empty(), Optional.empty(), Optional.of(archived));
    }

    private static ListDocuments list(boolean archived) {
        return new ListDocuments(archived, "", "", 1000, Optional.empty());
    }

    private static List<UUID> ids(ListDocuments asked) {
        return ((List<?>) archive.ask("gus", PAPERS, asked)).stream().map(Archive::id).toList();
    }

    private static Refusal refused(String user, String folder, DocumentRequest request) {
        return World.refusal(() -> archive.ask(user, folder, request));
    }
}
