package dev.appos.process;

import static dev.appos.api.Words.compensate;
import static dev.appos.api.Words.fixed;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.Rule1;
import dev.appos.base.Refusal;
import dev.appos.object.ProcessDefinition;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people do with instances, and the time they have: pause, resume, retry, cancel, timeout.
final class MovesTest {

    private static final Rule1<Long, Long> NOTE = TestApp.rule("note");

    private final DatabaseSettings settings = TestPostgres.settings();
    private final ProcessControl control = new ProcessControl();
    private final AtomicBoolean good = new AtomicBoolean();
    private final TestApp app = new TestApp()
            .rule("note", true, arguments -> {
                TestApp.effect("note " + arguments[0]);
                return arguments[0];
            })
            .rule("fragile", true, arguments -> {
                if (!good.get()) {
                    throw reject("Not yet.");
                }
                return arguments[0];
            })
            .process("other", _ -> 0);
    private TestNode node;

    @AfterEach
    void close() {
        node.close();
    }

    private UUID run(Duration timeout, TestApp.Body body) {
        node = new TestNode(settings, app.process("p", timeout, body)).run();
        return node.start("p");
    }

    private void move(BiConsumer<DSLContext, UUID> move, UUID id) {
        node.database.write(sql -> {
            move.accept(sql, id);
            return id;
        });
    }

    private void retry(UUID id) {
        ProcessDefinition process = (ProcessDefinition)
                node.registry.current().find("crm.processes.p").orElseThrow();
        move((sql, instance) -> control.retry(sql, instance, process, getClass().getClassLoader()), id);
    }

    private void wake() {
        node.database.write(sql -> sql.execute(
                "update appos.process_ready set wake_at = now() where owner is null"));
    }

    @Test
    void a_paused_instance_finishes_its_step_and_begins_no_other_until_it_is_resumed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        UUID id = run(Duration.ZERO, _ -> {
            step("first", () -> {
                begun.countDown();
                await(go);
                TestApp.effect("first");
            });
            step("second", NOTE, 2);
            return 0;
        });
        begun.await();
        move(control::pause, id);
        assertThat(node.status(id)).isEqualTo("paused");
        go.countDown();
        assertThat(TestNode.until(() -> node.runner.idle())).isTrue();
        // What comes after it on the same node has been looked for and done by then.
        node.reaches(node.start("other"), "completed");

        assertThat(node.effects()).containsExactly("first");
        assertThat(node.status(id)).isEqualTo("paused");
        move(control::resume, id);
        node.reaches(id, "completed");
        assertThat(node.effects()).containsExactly("first", "note 2");
    }

    @Test
    void a_paused_sleeper_sleeps_on_and_its_pause_does_not_count_against_its_time() {
        UUID id = run(Duration.ofHours(1), _ -> {
            sleep("30m");
            return step("after", NOTE, 1);
        });
        node.parks(id);
        move(control::pause, id);
        node.database.write(sql -> sql.execute("""
                update appos.process_ready set paused_at = now() - interval '2 h',
                    deadline = now() - interval '1 h'"""));
        node.database.write(sql -> sql.execute(
                "update appos.process_step set wake_at = now() - interval '1 s' where path = 'sleep'"));
        wake();
        assertThat(node.status(id)).isEqualTo("paused");
        move(control::resume, id);

        node.reaches(id, "completed");
        assertThat(node.effects()).containsExactly("note 1");
    }

    @Test
    void a_failed_instance_tries_its_step_again_with_all_its_attempts_and_repeats_no_other() {
        Rule1<Long, Long> fragile = TestApp.rule("fragile");
        UUID id = run(Duration.ZERO, _ -> {
            step("before", NOTE, 1);
            step("skipped").orSkip().run(() -> {
                throw reject("Never mind.");
            });
            step("between", NOTE, 2);
            return step("try").retry(2, fixed("1ms")).run(fragile, 3);
        });
        node.reaches(id, "failed");
        good.set(true);
        retry(id);

        node.reaches(id, "completed");
        assertThat(node.get(id)).containsEntry("outputs", 3).containsEntry("error", null);
        assertThat(node.effects()).containsExactly("note 1", "note 2");
        assertThat(node.living()).isZero();
    }

    @Test
    void what_was_undone_cannot_go_on() {
        UUID id = run(Duration.ZERO, _ -> {
            compensate("undo", NOTE, -1);
            throw reject("No.");
        });
        node.reaches(id, "failed");

        assertThatThrownBy(() -> retry(id))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("what it did was undone");
    }

    @Test
    void a_move_that_is_not_possible_is_refused_with_those_that_are() {
        UUID id = run(Duration.ZERO, _ -> {
            sleep("1 h");
            return 0;
        });
        node.parks(id);

        assertThatThrownBy(() -> move(control::resume, id))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CONFLICT);
                    assertThat(refusal.getMessage()).contains("is waiting; resume is not possible");
                    assertThat(refusal.remedy()).isEqualTo("Possible now: pause, cancel.");
                });
        move(control::pause, id);
        assertThatThrownBy(() -> move(control::pause, id)).hasMessageContaining("is paused");
        move(control::cancel, id);
        node.reaches(id, "cancelled");
        assertThatThrownBy(() -> move(control::cancel, id))
                .hasMessageContaining("is over: cancelled");
        assertThatThrownBy(() -> move(control::pause, new UUID(1, 2))).hasMessageContaining("process instance");
    }

    @Test
    void a_process_that_takes_too_long_fails_even_while_it_waits_and_undoes_what_it_did() {
        UUID id = run(Duration.ofMillis(400), _ -> {
            step("make", NOTE, 1);
            compensate("remove", NOTE, -1);
            sleep("1 h");
            return 0;
        });

        node.reaches(id, "failed");
        assertThat(node.error(id)).contains("It took longer than").contains("timeout");
        assertThat(node.effects()).containsExactly("note 1", "note -1");
    }

    @Test
    void a_process_that_took_too_long_may_be_retried_with_its_whole_time() {
        UUID id = run(Duration.ofHours(1), _ -> {
            sleep("3s");
            return step("after", NOTE, 1);
        });
        node.parks(id);
        node.database.write(sql -> sql.execute(
                "update appos.process_ready set deadline = now() - interval '1 s', wake_at = now()"));
        node.reaches(id, "failed");
        retry(id);

        node.reaches(id, "completed");
        assertThat(node.effects()).containsExactly("note 1");
    }

    private UUID stopInTheMiddle(boolean resumes, CountDownLatch go) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        app.process("long", _ -> {
            step("before", NOTE, 1);
            step("middle", () -> {
                begun.countDown();
                await(go);
            });
            return step("after", NOTE, 2);
        });
        node = new TestNode(settings, app, new ProcessSettings(8, () -> Duration.ofMillis(50), () -> resumes)).run();
        UUID id = node.start("long");
        begun.await();
        node.runner.close();
        return id;
    }

    @Test
    void a_stop_of_the_server_marks_what_it_breaks_off_and_with_auto_resume_another_goes_on() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        UUID id = stopInTheMiddle(true, go);
        assertThat(node.status(id)).isEqualTo("interrupted");
        assertThat(node.step(id, "middle")).containsEntry("status", "interrupted").extracting("error").asString()
                .contains("platform_shutdown");
        go.countDown();
        try (TestNode other = new TestNode(settings, app).run()) {
            other.reaches(id, "completed");
            assertThat(other.effects()).containsExactly("note 1", "note 2");
        }
    }

    @Test
    void without_auto_resume_it_waits_until_somebody_resumes_it() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        UUID id = stopInTheMiddle(false, go);
        go.countDown();
        try (TestNode other = new TestNode(settings, app).run()) {
            other.reaches(other.start("other"), "completed");
            assertThat(other.status(id)).isEqualTo("interrupted");
            move(control::resume, id);
            other.reaches(id, "completed");
            assertThat(other.effects()).containsExactly("note 1", "note 2");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
