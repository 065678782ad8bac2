package dev.appos.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.object.DocumentRequest;
import dev.appos.object.DocumentRequest.AddVersion;
import dev.appos.object.DocumentRequest.ChangeDocument;
import dev.appos.object.DocumentRequest.DeleteDocument;
import dev.appos.object.DocumentRequest.GetDocument;
import dev.appos.object.DocumentRequest.ListDocuments;
import dev.appos.object.DocumentRequest.ListVersions;
import dev.appos.object.DocumentRequest.ReadContent;
import dev.appos.object.DocumentRequest.RestoreVersion;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever may not see a record hears of its documents what he hears of a record that is not there.
class AttachmentsTest {

    private static final List<String> KEEPERS = List.of("ana", "bob", "gus", "eva", "all", "nobody");
    private static final List<String> CALLERS = List.of("ana", "bob", "gus", "eva", "out");
    private static final long NOWHERE = 1_000_000;
    private static final UUID NONE = UUID.fromString("01a1f929-fba6-75ce-91e7-3e1ae1f197f2");

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

    private record Attached(String keeper, long client, UUID document) {}

    @Test
    void nobody_sees_guesses_or_counts_the_documents_of_a_record_he_may_not_see() {
        Random random = new Random(7);
        List<Attached> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String keeper = KEEPERS.get(random.nextInt(KEEPERS.size()));
            long client = archive.client(keeper);
            UUID document = Archive.id(archive.askOf("root", client, archive.adding("a.txt", "of " + i)));
            all.add(new Attached(keeper, client, document));
        }
        int hidden = 0;
        int seen = 0;
        for (String caller : CALLERS) {
            for (Attached each : all) {
                boolean sees = sees(caller, each.client());
                for (Function<UUID, DocumentRequest> request : requests()) {
                    String here = told(caller, each.client(), request.apply(each.document()));
                    String nowhere = told(caller, NOWHERE, request.apply(NONE));
                    if (!sees) {
                        hidden++;
                        assertThat(here).as(caller + " of " + each).isEqualTo(nowhere);
                    } else if (request.apply(NONE) instanceof ReadContent) {
                        seen++;
                        assertThat(here).as(caller + " of " + each).isEqualTo("answered");
                    }
                }
            }
        }
        // Both kinds were there: a test that never hid, or never showed, would have shown nothing.
        assertThat(hidden).isGreaterThan(200);
        assertThat(seen).isGreaterThan(10);
    }

    @Test
    void a_document_of_another_record_or_folder_is_none_here() {
        long one = archive.client("ana");
        long two = archive.client("ana");
        UUID document = Archive.id(archive.askOf("ana", one, archive.adding("a.txt", "here")));
        UUID paper = archive.paper("ana", "a paper");

        for (UUID foreign : List.of(paper, NONE)) {
            assertThat(told("ana", two, new GetDocument(foreign))).isEqualTo("NOT_FOUND There is no document X.");
        }
        assertThat(told("ana", two, new GetDocument(document))).isEqualTo("NOT_FOUND There is no document X.");
        assertThat(told("ana", one, new GetDocument(document))).isEqualTo("answered");
        assertThat(World.refusal(() -> archive.ask("ana", Archive.PAPERS, new GetDocument(document))).reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void the_permissions_are_those_of_the_record() {
        long client = archive.client("all");
        UUID document = Archive.id(archive.askOf("ana", client, archive.adding("a.txt", "who may")));

        assertThat(told("gus", client, new ReadContent(document, OptionalInt.empty()))).isEqualTo("answered");
        assertThat(told("gus", client, archive.adding("b.txt", "x"))).startsWith("FORBIDDEN");
        assertThat(told("ana", client, new DeleteDocument(document))).startsWith("FORBIDDEN");
        assertThat(told("eva", client, new DeleteDocument(document))).isEqualTo("answered");
    }

    private static List<Function<UUID, DocumentRequest>> requests() {
        return List.of(
                id -> new ListDocuments(false, "", "", 10, Optional.empty()),
                GetDocument::new,
                id -> new ListVersions(id, 10),
                id -> new ReadContent(id, OptionalInt.empty()),
                id -> archive.adding("b.txt", "x"),
                id -> new AddVersion(id, archive.upload("y"), "", OptionalInt.empty()),
                id -> new RestoreVersion(id, 1, ""),
                id -> new ChangeDocument(id, Optional.of("c.txt"), Optional.empty(), Optional.empty()),
                DeleteDocument::new);
    }

    /// Asked of the record itself, which is what its documents must follow.
    private static boolean sees(String caller, long client) {
        try {
            archive.call(caller, Archive.CLIENTS, new Input.GetRecord(
                    client, List.of(new Query.Selected.Column("id"))));
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    private static String told(String caller, long client, DocumentRequest request) {
        try {
            archive.askOf(caller, client, request);
            return "answered";
        } catch (Refusal refusal) {
            return refusal.reason() + " " + refusal.getMessage()
                    .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "X").replaceAll("client \\d+", "client N");
        }
    }
}
