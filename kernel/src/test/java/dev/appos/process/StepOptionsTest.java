package dev.appos.process;

import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.compensate;
import static dev.appos.api.Words.fixed;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Rule1;
import dev.appos.object.Input;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What can be said of a single step, and what undoes the steps of a process that fails or is cancelled.
final class StepOptionsTest {

    private static final Rule1<Long, Long> NOTE = TestApp.rule("note");
    private static final Rule1<Long, Long> FRAGILE = TestApp.rule("fragile");

    private final DatabaseSettings settings = TestPostgres.settings();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final TestApp app = new TestApp()
            .rule("note", true, arguments -> {
                TestApp.effect("note " + arguments[0]);
                return arguments[0];
            })
            .rule("fragile", true, arguments -> {
                TestApp.effect("fragile " + arguments[0]);
                if (tries.incrementAndGet() <= failures.get()) {
                    throw reject("Not yet.");
                }
                return arguments[0];
            });
    private TestNode node;

    @AfterEach
    void close() {
        node.close();
    }

    private UUID run(TestApp.Body body) {
        node = new TestNode(settings, app.process("p", body)).run();
        return node.start("p");
    }

    @Test
    void a_step_is_tried_as_often_as_it_says_and_its_neighbours_are_not() {
        failures.set(2);
        UUID id = run(_ -> step("try").retry(3, fixed("1ms")).run(FRAGILE, 5));

        node.reaches(id, "completed");
        assertThat(node.get(id)).containsEntry("outputs", 5);
        assertThat(node.step(id, "try")).containsEntry("attempt", 3);
        assertThat(node.effects()).containsExactly("fragile 5");
    }

    @Test
    void a_step_that_fails_once_too_often_ends_the_process() {
        failures.set(9);
        UUID id = run(_ -> step("try").retry(2, fixed("1ms")).run(FRAGILE, 5));

        node.reaches(id, "failed");
        assertThat(tries).hasValue(2);
        assertThat(node.error(id)).startsWith("try: ").endsWith("Not yet.");
    }

    @Test
    void attempts_of_other_steps_do_not_count() {
        failures.set(2);
        UUID id = run(_ -> {
            step("first").retry(2, fixed("1ms")).orSkip().run(FRAGILE, 1);
            return step("second").retry(2, fixed("1ms")).run(() -> {
                if (tries.incrementAndGet() == 3) {
                    throw reject("Again.");
                }
                return "good";
            });
        });

        node.reaches(id, "completed");
        assertThat(node.get(id)).containsEntry("outputs", "good");
    }

    @Test
    void an_attempt_that_takes_longer_than_its_step_may_is_given_up_and_tried_again() {
        UUID id = run(_ -> step("slow").timeout("2s").retry(6, fixed("1ms")).run(() -> {
            if (tries.incrementAndGet() == 1) {
                LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
            }
            return "good";
        }));

        node.reaches(id, "completed");
        assertThat((int) node.step(id, "slow").get("attempt")).isGreaterThan(1);
    }

    @Test
    void a_step_whose_condition_is_not_met_is_shown_as_skipped_and_the_process_goes_on() {
        UUID id = run(_ -> {
            Long first = step("first").when(false).run(NOTE, 1);
            step("code").when(false).run(() -> TestApp.effect("code"));
            long second = step("second").when(true).run(NOTE, 2);
            return first == null ? second : -1;
        });

        node.reaches(id, "completed");
        assertThat(node.get(id)).containsEntry("outputs", 2);
        assertThat(node.effects()).containsExactly("note 2");
        assertThat(node.step(id, "first")).containsEntry("status", "skipped").containsEntry("outputs", null);
        assertThat(node.step(id, "code")).containsEntry("status", "skipped");
    }

    @Test
    void a_condition_that_is_another_after_a_crash_stops_the_process() {
        AtomicBoolean wanted = new AtomicBoolean();
        UUID id = run(_ -> {
            step("first").when(wanted.get()).run(NOTE, 1);
            sleep("1 h");
            return "never";
        });
        node.parks(id);
        wanted.set(true);
        node.database.write(sql -> sql.execute("update appos.process_ready set wake_at = now()"));

        node.reaches(id, "failed");
        assertThat(node.error(id)).contains("Step \"first\" was asked with other arguments before.");
    }

    @Test
    void a_failure_that_may_be_skipped_is_shown_and_the_process_goes_on() {
        failures.set(9);
        UUID id = run(_ -> {
            Long answer = step("try").orSkip().run(FRAGILE, 5);
            return answer == null ? step("else", NOTE, 6) : answer;
        });

        node.reaches(id, "completed");
        assertThat(node.get(id)).containsEntry("outputs", 6);
        assertThat(node.step(id, "try")).containsEntry("status", "failed");
    }

    @Test
    void a_process_that_fails_undoes_what_it_did_the_last_first_and_shows_each_as_a_step() {
        UUID id = run(_ -> {
            for (long i = 1; i <= 2; i++) {
                long made = step("make", NOTE, i);
                compensate("remove", NOTE, -made);
            }
            parallel(
                    "side by side",
                    branch("a", () -> {
                        step("make", NOTE, 3L);
                        compensate("remove", () -> TestApp.effect("code -3"));
                        return 0;
                    }),
                    branch("b", () -> {
                        throw reject("No b.");
                    }));
            return 0;
        });

        node.reaches(id, "failed");
        assertThat(node.effects()).containsExactly("note 1", "note 2", "note 3", "code -3", "note -2", "note -1");
        assertThat(node.error(id)).isEqualTo("null: No b.");
        assertThat(node.step(id, "remove#2"))
                .containsEntry("status", "done")
                .containsEntry("inputs", Map.of("value", -2));
        assertThat(node.step(id, "#compensation"))
                .containsEntry("name", "compensation")
                .containsEntry("status", "done")
                .containsEntry("outputs", Map.of("steps", 3, "failed", 0));
        assertThat(node.living()).isZero();
    }

    @Test
    void a_process_that_completes_undoes_nothing() {
        UUID id = run(_ -> {
            step("make", NOTE, 1);
            compensate("remove", NOTE, -1);
            return 0;
        });

        node.reaches(id, "completed");
        assertThat(node.effects()).containsExactly("note 1");
        assertThat(node.steps(id)).hasSize(1);
    }

    @Test
    void a_process_that_is_cancelled_in_its_sleep_undoes_what_it_did() {
        UUID id = run(_ -> {
            step("make", NOTE, 1);
            compensate("remove", NOTE, -1);
            sleep("1 h");
            step("never", NOTE, 2);
            compensate("never undone", NOTE, -2);
            return 0;
        });
        node.parks(id);
        node.call("crm.processes.p", new Input.Start(Map.of("customer_id", 1)));
        node.database.write(sql -> {
            new ProcessControl().cancel(sql, id);
            return id;
        });

        node.reaches(id, "cancelled");
        assertThat(node.step(id, "remove")).containsEntry("status", "done");
        assertThat(node.step(id, "never undone")).isEmpty();
        assertThat(node.error(id)).isEqualTo("none");
    }

    @Test
    void a_compensation_that_fails_is_tried_as_it_says_then_told_and_stops_no_other() {
        failures.set(9);
        UUID id = run(_ -> {
            compensate("first", NOTE, -1);
            step("second").retry(2, fixed("1ms")).compensate(FRAGILE, -2);
            compensate("third", NOTE, -3);
            throw reject("No.");
        });

        node.reaches(id, "failed");
        assertThat(node.effects()).containsExactly("note -3", "note -1");
        assertThat(node.error(id)).startsWith("null: No. Not undone: second: ").endsWith("Not yet.");
        assertThat(node.step(id, "second")).containsEntry("status", "failed").containsEntry("attempt", 2);
    }

    @Test
    void what_undoes_may_wait_long_and_changed_code_does_not_go_back_to_the_body() {
        AtomicBoolean changed = new AtomicBoolean();
        failures.set(1);
        UUID id = run(_ -> {
            step("make", NOTE, 1);
            step("remove").retry(2, fixed("1h")).compensate(FRAGILE, -1);
            if (changed.get()) {
                return step("another way", NOTE, 7);
            }
            throw reject("No.");
        });
        node.parks(id);
        assertThat(node.get(id)).containsEntry("status", "waiting").containsEntry("current_step", "#compensation");
        changed.set(true);
        tries.set(5);
        node.database.write(sql -> sql.execute("""
                update appos.process_step set finished_at = now() - interval '2 h' where path = 'remove'"""));
        node.database.write(sql -> sql.execute("update appos.process_ready set wake_at = now()"));

        node.reaches(id, "failed");
        assertThat(node.effects()).containsExactly("note 1", "fragile -1");
        assertThat(node.error(id)).isEqualTo("null: No.");
    }

    @Test
    void a_branch_that_nobody_waits_for_cannot_be_undone() {
        UUID id = run(_ -> parallel("aside", branch("alone", () -> {
            compensate("remove", NOTE, -1);
            return 0;
        }).fireAndForget()));

        node.reaches(id, "completed");
        assertThat(TestNode.until(() -> String.valueOf(node.step(id, "aside/alone").get("error"))
                .contains("a branch that nobody waits for"))).isTrue();
    }
}
