package dev.appos.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal.Reason;
import dev.appos.dispatch.Failure;
import dev.appos.object.DocumentRequest.AddVersion;
import dev.appos.object.DocumentRequest.DeleteDocument;
import dev.appos.object.DocumentRequest.GetDocument;
import dev.appos.object.DocumentRequest.ReadContent;
import dev.appos.object.Input;
import dev.appos.object.Upload;
import dev.appos.secure.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is archived and removed by itself, and what a crash leaves behind.
class CleanUpTest {

    @TempDir
    private Path folder;

    private Archive archive;
    private Breaking store;

    @BeforeEach
    void open() {
        archive = new Archive(folder, disk -> store = new Breaking(disk));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void a_document_is_archived_after_the_days_of_its_folder_and_removed_after_as_many_again() {
        UUID id = archive.paper("ana", "old");
        archive.world.clock.forward(Duration.ofDays(29));
        UUID young = archive.paper("ana", "young");
        archive.world.clock.forward(Duration.ofDays(2));

        assertThat(archive.clean(false)).containsEntry("archived", 1).containsEntry("removed", 0);
        assertThat(Archive.map(archive.ask("ana", Archive.PAPERS, new GetDocument(id)))).containsEntry(
                "is_archived", true);
        assertThat(Archive.map(archive.ask("ana", Archive.PAPERS, new GetDocument(young)))).containsEntry(
                "is_archived", false);
        archive.world.clock.forward(Duration.ofDays(31));
        assertThat(archive.clean(false)).containsEntry("archived", 1).containsEntry("removed", 1);
        assertThat(World.refusal(() -> archive.ask("ana", Archive.PAPERS, new GetDocument(id))).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(archive.text("ana", Archive.PAPERS, young, OptionalInt.empty())).isEqualTo("young");
    }

    @Test
    void what_a_folder_says_nothing_of_is_kept() {
        Object scan = archive.ask("ana", Archive.SCANS, archive.adding("a.pdf", "%PDF-1.7"));
        archive.world.clock.forward(Duration.ofDays(4000));
        archive.clean(true);

        assertThat(archive.text("ana", Archive.SCANS, Archive.id(scan), OptionalInt.empty())).isEqualTo("%PDF-1.7");
    }

    @Test
    void a_content_goes_with_the_last_version_that_has_it_and_not_before() {
        UUID one = archive.paper("ana", "shared");
        UUID two = archive.paper("bob", "shared");
        archive.ask("ana", Archive.PAPERS, new AddVersion(two, archive.upload("other"), "", OptionalInt.empty()));
        archive.ask("eva", Archive.PAPERS, new DeleteDocument(one));
        archive.world.clock.forward(Duration.ofHours(2));

        assertThat(archive.clean(true)).containsEntry("contents", 0);
        assertThat(archive.text("ana", Archive.PAPERS, two, OptionalInt.of(1))).isEqualTo("shared");
        archive.ask("eva", Archive.PAPERS, new DeleteDocument(two));
        assertThat(archive.clean(true)).containsEntry("contents", 2);
        assertThat(archive.contents()).isZero();
    }

    @Test
    void documents_of_a_record_that_is_gone_go_too() {
        long client = archive.client("ana");
        archive.askOf("ana", client, archive.adding("a.txt", "of a client"));
        assertThat(archive.clean(false)).containsEntry("removed", 0);
        archive.call("root", Archive.CLIENTS, new Input.DeleteRecord(client, OptionalInt.empty()));

        assertThat(archive.clean(false)).containsEntry("removed", 1);
        archive.world.clock.forward(Duration.ofHours(2));
        assertThat(archive.clean(false)).containsEntry("contents", 1);
    }

    @Test
    void a_crash_after_the_file_and_before_the_row_leaves_nothing_that_stays() {
        store.after = () -> {
            throw new IllegalStateException("the power is gone");
        };
        assertThatThrownBy(() -> archive.paper("ana", "half")).isInstanceOf(Failure.class);
        assertThat(archive.contents()).isEqualTo(1);
        assertThat(documents()).isZero();
        store.after = () -> { };

        archive.clean(true);
        assertThat(archive.contents()).as("so lately that its call may go on").isEqualTo(1);
        archive.world.clock.forward(Duration.ofHours(2));
        archive.clean(true);
        assertThat(archive.contents()).isZero();
        assertThat(archive.text("ana", Archive.PAPERS, archive.paper("ana", "half"), OptionalInt.empty()))
                .isEqualTo("half");
    }

    @Test
    void a_crash_before_the_file_leaves_neither_file_nor_row() {
        store.before = () -> {
            throw new IllegalStateException("the power is gone");
        };
        assertThatThrownBy(() -> archive.paper("ana", "half")).isInstanceOf(Failure.class);

        assertThat(archive.contents()).isZero();
        assertThat(documents()).isZero();
    }

    /// The control: what would be, were the row committed first.
    @Test
    void a_store_that_kept_its_word_only_later_would_leave_a_row_without_content() {
        store.forgetful = true;
        UUID id = archive.paper("ana", "promised");

        DocumentContent content = (DocumentContent) archive.ask(
                "ana", Archive.PAPERS, new ReadContent(id, OptionalInt.empty()));
        assertThatThrownBy(() -> content.open(0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void a_sweep_and_an_upload_of_the_same_content_do_not_miss_each_other() throws Exception {
        UUID first = archive.paper("ana", "contended");
        archive.ask("eva", Archive.PAPERS, new DeleteDocument(first));
        archive.world.clock.forward(Duration.ofHours(2));
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.removing = () -> {
            removing.countDown();
            go.await();
        };
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> sweep = all.submit(() -> archive.clean(false));
            removing.await();
            Future<UUID> upload = all.submit(() -> archive.paper("bob", "contended"));
            go.countDown();
            sweep.get();
            assertThat(archive.text("bob", Archive.PAPERS, upload.get(), OptionalInt.empty())).isEqualTo("contended");
        }
    }

    private int documents() {
        return archive.world.database.read(sql -> sql.fetchCount(org.jooq.impl.DSL.table("appos.document_meta")));
    }

    /// A store that fails where a test wants it.
    private static final class Breaking implements ContentStore {

        private final ContentStore disk;
        private Runnable before = () -> { };
        private Runnable after = () -> { };
        private Waiting removing = () -> { };
        private boolean forgetful;

        @FunctionalInterface
        interface Waiting {
            void here() throws InterruptedException;
        }

        Breaking(ContentStore disk) {
            this.disk = disk;
        }

        @Override
        public Staging stage() throws IOException {
            return disk.stage();
        }

        @Override
        public void keep(Upload upload) throws IOException {
            before.run();
            if (!forgetful) {
                disk.keep(upload);
            }
            after.run();
        }

        @Override
        public InputStream open(String sha256, long from, long length) throws IOException {
            return disk.open(sha256, from, length);
        }

        @Override
        public void remove(String sha256) throws IOException {
            try {
                removing.here();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            disk.remove(sha256);
        }

        @Override
        public void forget(Instant until) throws IOException {
            disk.forget(until);
        }

        @Override
        public void each(Consumer<Kept> seen) throws IOException {
            disk.each(seen);
        }
    }
}
