package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A save is a call of the listener; nothing else is.
class AppWatcherTest {

    private static final AppCompiler COMPILER = new AppCompiler();

    @TempDir
    private Path folder;

    private final BlockingQueue<Compilation> told = new LinkedBlockingQueue<>();
    private Apps apps;
    private AppWatcher watcher;

    @BeforeEach
    void watch() {
        apps = Apps.small(folder, COMPILER).write("crm/rules/N.java", rule(1));
        apps.snapshot();
        watcher = new AppWatcher(folder, COMPILER, told::add);
        watcher.start();
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    private static String rule(long number) {
        return "@ExpressionRule long n() { return " + number + "; }";
    }

    private Snapshot next() throws InterruptedException {
        Compilation compilation = told.poll(20, TimeUnit.SECONDS);
        assertThat(compilation).as("a call within 20 seconds").isNotNull();
        return Apps.success(compilation);
    }

    private static Object n(Snapshot snapshot) {
        return new FakeDoor(snapshot).call("crm.rules.n");
    }

    @Test
    void a_saved_file_is_compiled_and_told() throws InterruptedException {
        apps.write("crm/rules/N.java", rule(2));

        assertThat(n(next())).isEqualTo(2L);
    }

    @Test
    void a_fault_is_told_and_the_next_save_mends_it() throws InterruptedException {
        apps.write("crm/rules/N.java", "@ExpressionRule long n() {");
        Apps.assertFailed(told.poll(20, TimeUnit.SECONDS));

        apps.write("crm/rules/N.java", rule(3));

        assertThat(n(next())).isEqualTo(3L);
    }

    @Test
    void an_editor_that_writes_beside_and_renames_is_seen_once() throws Exception {
        Path beside = folder.resolve("crm/rules/.N.java.swp");
        Files.writeString(beside, rule(4));
        Files.move(beside, folder.resolve("crm/rules/N.java"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(n(next())).isEqualTo(4L);
        assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void new_folders_are_watched_and_deleted_ones_forgotten() throws Exception {
        apps.write("shop/rules/Shop.java", "@ExpressionRule long a() { return 1; }");
        assertThat(next().apps()).containsKey("shop");

        apps.write("shop/records/Thing.java", "@Record(view = \"crm_users\") record Thing(String name) {}");
        assertThat(next().find("shop.records.thing")).isPresent();

        apps.delete("shop/records/Thing.java").delete("shop/records").delete("shop/rules/Shop.java")
                .delete("shop/rules").delete("shop");
        Snapshot last = next();
        while (last.apps().containsKey("shop")) {
            last = next();
        }
        assertThat(last.apps()).containsOnlyKeys("billing", "crm");
    }

    @Test
    void a_file_that_is_emptied_before_it_is_written_never_looks_like_a_lost_object() throws Exception {
        for (int i = 2; i < 12; i++) {
            Files.writeString(folder.resolve("crm/rules/N.java"), "");
            told.poll(60, TimeUnit.MILLISECONDS);
            apps.write("crm/rules/N.java", rule(i));
            assertThat(n(next())).isEqualTo((long) i);
        }
    }

    @Test
    void a_burst_of_saves_ends_in_the_last_text() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            apps.write("crm/rules/N.java", rule(i));
        }

        Snapshot last = next();
        while (!n(last).equals(29L)) {
            last = next();
        }
        assertThat(told).hasSizeLessThan(3);
    }

    @Test
    void a_save_that_changes_nothing_is_not_told() throws InterruptedException {
        apps.write("crm/rules/N.java", rule(1));

        assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void what_was_saved_before_the_start_is_told(@TempDir Path other) throws InterruptedException {
        AppCompiler compiler = new AppCompiler();
        Apps earlier = Apps.small(other, compiler).write("crm/rules/N.java", rule(1));
        earlier.snapshot();
        earlier.write("crm/rules/N.java", rule(2));

        try (AppWatcher late = new AppWatcher(other, compiler, told::add)) {
            late.start();
            assertThat(n(next())).isEqualTo(2L);
        }
    }

    @Test
    void a_listener_that_throws_does_not_end_the_watching(@TempDir Path other) throws InterruptedException {
        AppCompiler compiler = new AppCompiler();
        Apps others = Apps.small(other, compiler).write("crm/rules/N.java", rule(1));
        others.snapshot();
        try (AppWatcher angry = new AppWatcher(other, compiler, compilation -> {
            told.add(compilation);
            throw new IllegalStateException("the listener of this test throws");
        })) {
            angry.start();
            others.write("crm/rules/N.java", rule(2));
            next();
            others.write("crm/rules/N.java", rule(3));
            assertThat(n(next())).isEqualTo(3L);
        }
    }

    @Test
    void a_warm_save_is_told_in_well_under_a_second() throws InterruptedException, IOException {
        for (int i = 0; i < 6; i++) {
            apps.write("crm/rules/N.java", rule(100 + i));
            next();
        }
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            apps.write("crm/rules/N.java", rule(200 + i));
            next();
            fastest = Math.min(fastest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        assertThat(fastest).as("milliseconds from save to call").isLessThan(200);
    }
}
