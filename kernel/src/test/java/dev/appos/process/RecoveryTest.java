package dev.appos.process;

import static dev.appos.api.Words.approval;
import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.exponential;
import static dev.appos.api.Words.fixed;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Rule1;
import dev.appos.base.Refusal;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of processes when steps fail, nodes die and code changes. [KillTest] kills real ones.
final class RecoveryTest {

    private static final Rule1<Long, Long> NOTE = TestApp.rule("note");

    private final DatabaseSettings settings = TestPostgres.settings();
    private final List<TestNode> nodes = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(TestApp app) {
        TestNode node = new TestNode(settings, app);
        nodes.add(node);
        return node.run();
    }

    private TestApp app() {
        return app("v1");
    }

    private TestApp app(String hash) {
        return new TestApp(hash)
                .rule("note", true, arguments -> {
                    TestApp.effect("note " + arguments[0]);
                    return arguments[0];
                })
                .rule("read", false, arguments -> {
                    reads.incrementAndGet();
                    return arguments[0];
                });
    }

    private static void hold(CountDownLatch reached) {
        reached.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("killed", interrupted);
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    @Test
    void a_node_that_dies_in_the_middle_is_followed_by_one_that_repeats_no_finished_step() throws Exception {
        CountDownLatch middle = new CountDownLatch(2);
        AtomicBoolean alive = new AtomicBoolean(true);
        TestApp app = app().process("onboard", _ -> {
            step("one", NOTE, 1);
            long read = step("read", TestApp.<Long>rule("read"), 5);
            parallel(
                    "both",
                    branch("left", () -> {
                        step("first", NOTE, read + 1);
                        step("second", () -> {
                            TestApp.effect("left");
                            if (alive.get()) {
                                hold(middle);
                            }
                        });
                        return null;
                    }),
                    branch("right", () -> {
                        long got = step("first", NOTE, read + 2);
                        step("second", () -> {
                            TestApp.effect("right " + got);
                            if (alive.get()) {
                                hold(middle);
                            }
                        });
                        return got;
                    }));
            return step("last", NOTE, 9);
        });
        TestNode first = node(app);
        UUID id = first.start("onboard");
        await(middle);
        alive.set(false);
        first.crash();

        TestNode second = node(app);
        second.reaches(id, "completed");

        assertThat(second.effects())
                .containsExactlyInAnyOrder("note 1", "note 6", "note 7", "left", "right 7", "note 9");
        assertThat(reads).hasValue(1);
    }

    @Test
    void a_second_node_takes_over_within_seconds_while_it_runs() throws Exception {
        CountDownLatch middle = new CountDownLatch(1);
        AtomicBoolean alive = new AtomicBoolean(true);
        TestApp app = app().process("onboard", _ -> {
            step("one", () -> {
                if (alive.getAndSet(false)) {
                    hold(middle);
                }
                TestApp.effect("one");
            });
            return null;
        });
        TestNode first = node(app);
        UUID id = first.start("onboard");
        await(middle);
        TestNode second = node(app);
        long died = System.nanoTime();
        first.crash();
        second.reaches(id, "completed");

        assertThat(System.nanoTime() - died).isLessThan(5_000_000_000L);
        assertThat(second.effects()).containsExactly("one");
    }

    @Test
    void a_node_that_lost_its_instance_writes_nothing_more() throws Exception {
        CountDownLatch middle = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch after = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        TestApp app = app().process("onboard", _ -> {
            step("one", TestApp.<Long>rule("slow"), 1);
            step("two", NOTE, 2);
            return null;
        }).rule("slow", false, _ -> {
            if (runs.incrementAndGet() == 1) {
                middle.countDown();
                await(go);
                after.countDown();
            }
            return 1L;
        });
        TestNode paused = node(app);
        UUID id = paused.start("onboard");
        await(middle);
        // As if it had been paused for so long that the others took it for dead.
        paused.database.write(sql -> sql.execute("delete from appos.node"));
        TestNode other = node(app);
        other.reaches(id, "completed");
        go.countDown();
        await(after);

        assertThat(TestNode.until(() -> paused.runner.idle())).isTrue();
        assertThat(other.effects()).containsExactly("note 2");
        assertThat(other.status(id)).isEqualTo("completed");
    }

    @Test
    void a_step_with_other_arguments_than_before_stops_the_process_and_is_named() {
        AtomicInteger chance = new AtomicInteger();
        TestApp app = app().process("onboard", _ -> {
            step("one", NOTE, chance.incrementAndGet());
            approval("ask", "crm", "Go on?");
            return step("two", NOTE, 9);
        });
        TestNode node = node(app);

        UUID id = node.start("onboard");
        node.parks(id);
        goOn(node);
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("\"one\"").contains("other arguments");
        assertThat(node.effects()).containsExactly("note 1");
    }

    @Test
    void changed_code_goes_on_where_its_way_is_the_same() {
        UUID id = park(app("v1").process("onboard", _ -> {
            step("one", NOTE, 1);
            approval("ask", "crm", "Go on?");
            return step("two", NOTE, 2);
        }));
        TestNode node = node(app("v2").process("onboard", _ -> {
            step("one", NOTE, 1);
            approval("ask", "crm", "Go on?");
            step("new", NOTE, 3);
            return step("two", NOTE, 2);
        }));

        goOn(node);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("note 1", "note 3", "note 2");
    }

    @Test
    void changed_code_that_takes_another_way_is_stopped_and_both_steps_are_named() {
        UUID id = park(app("v1").process("onboard", _ -> {
            step("one", NOTE, 1);
            approval("ask", "crm", "Go on?");
            return step("two", NOTE, 2);
        }));
        TestNode node = node(app("v2").process("onboard", _ -> {
            step("before", NOTE, 3);
            step("one", NOTE, 1);
            approval("ask", "crm", "Go on?");
            return step("two", NOTE, 2);
        }));

        goOn(node);
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("\"one\"").contains("\"before\"").contains("has changed");
        assertThat(node.effects()).containsExactly("note 1");
    }

    @Test
    void changed_code_that_forgets_a_finished_step_is_stopped() {
        UUID id = park(app("v1").process("onboard", _ -> {
            step("one", NOTE, 1);
            approval("ask", "crm", "Go on?");
            return null;
        }));
        TestNode node = node(app("v2").process("onboard", _ -> {
            approval("ask", "crm", "Go on?");
            return null;
        }));

        goOn(node);
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("\"one\"");
    }

    private static void goOn(TestNode node) {
        TestApprovals.decide(node.database, TestApprovals.find(node.database, "Go on?").orElseThrow(), true, false);
    }

    /// Starts an instance, and kills its node when it waits for something.
    private UUID park(TestApp app) {
        TestNode first = node(app);
        UUID id = first.start("onboard");
        first.parks(id);
        first.crash();
        return id;
    }

    @Test
    void a_failing_branch_fails_the_process_with_every_cause_after_its_siblings_ended() {
        TestApp app = app()
                .rule("refuse", true, arguments -> {
                    throw reject("No " + arguments[0]);
                })
                .process("onboard", _ -> parallel(
                        "both",
                        branch("a", TestApp.<Long>rule("refuse"), 1),
                        branch("b", TestApp.<Long>rule("refuse"), 2),
                        branch("c", () -> {
                            sleep("50ms");
                            return step("note", NOTE, 3);
                        })));
        TestNode node = node(app);

        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("both/a/a").contains("No 1").contains("both/b/b").contains("No 2");
        assertThat(node.effects()).containsExactly("note 3");
    }

    @Test
    void a_branch_is_tried_as_often_as_it_says_and_no_more() {
        AtomicInteger tries = new AtomicInteger();
        TestApp app = app()
                .rule("flaky", true, arguments -> {
                    TestApp.effect("flaky");
                    if (tries.incrementAndGet() < (long) arguments[0]) {
                        throw new IllegalStateException("not yet");
                    }
                    return tries.get();
                })
                .process("third", _ -> parallel(
                        "p", branch("b", TestApp.<Integer>rule("flaky"), 3).retry(3, exponential("10ms"))))
                .process("never", _ -> parallel(
                        "p", branch("b", TestApp.<Integer>rule("flaky"), 99).retry(4, fixed("1ms"))));
        TestNode node = node(app);

        UUID third = node.start("third");
        node.reaches(third, "completed");
        assertThat(node.get(third).get("outputs")).isEqualTo(Map.of("b", 3));
        assertThat(node.tries(third, "p/b/b"))
                .extracting(step -> step.get("attempt") + " " + step.get("status") + " " + step.get("error"))
                .containsExactly(
                        "1 failed {message=java.lang.IllegalStateException: not yet}",
                        "2 failed {message=java.lang.IllegalStateException: not yet}", "3 done null");

        tries.set(0);
        UUID never = node.start("never");
        node.reaches(never, "failed");
        assertThat(tries).hasValue(4);
        assertThat(node.tries(never, "p/b/b")).hasSize(4).allMatch(step -> step.get("status").equals("failed"));
        assertThat(node.error(never)).contains("not yet");
        assertThat(node.effects()).containsExactly("flaky");
    }

    @Test
    void a_crash_forgives_no_attempt_and_a_long_wait_for_the_next_holds_no_thread() {
        AtomicInteger tries = new AtomicInteger();
        TestApp app = app()
                .rule("broken", true, _ -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("broken");
                })
                .process("onboard", _ -> parallel(
                        "p", branch("b", TestApp.<Long>rule("broken"), 1).retry(2, fixed("3s"))));
        UUID id = park(app);
        assertThat(tries).hasValue(1);

        TestNode node = node(app);
        node.reaches(id, "failed");

        assertThat(tries).hasValue(2);
    }

    @Test
    void an_attempt_that_takes_too_long_is_given_up() {
        TestApp app = app()
                .rule("slow", true, _ -> {
                    TestApp.effect("slow");
                    hold(new CountDownLatch(1));
                    return null;
                })
                .process("onboard", _ -> parallel(
                        "p", branch("b", TestApp.<Long>rule("slow"), 1).timeout("100ms").retry(2, fixed("1ms"))));
        TestNode node = node(app);

        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("longer than 100 ms");
        assertThat(node.step(id, "p/b/b")).containsEntry("attempt", 2);
        assertThat(node.effects()).isEmpty();
    }

    @Test
    void a_branch_nobody_waits_for_fails_without_stopping_anyone() {
        TestApp app = app()
                .rule("refuse", true, _ -> {
                    throw reject("No.");
                })
                .process("onboard", _ -> {
                    Map<String, Object> answers = parallel(
                            "p",
                            branch("awaited", NOTE, 1),
                            branch("refused", TestApp.<Long>rule("refuse"), 2).fireAndForget(),
                            branch("wrong", () -> List.of().getFirst()).fireAndForget());
                    return answers;
                });
        TestNode node = node(app);

        UUID id = node.start("onboard");
        node.reaches(id, "completed");
        assertThat(TestNode.until(() -> node.living() == 0)).isTrue();

        assertThat(node.get(id).get("outputs")).isEqualTo(Map.of("awaited", 1));
        assertThat(node.step(id, "p/refused/refused")).containsEntry("status", "failed");
        assertThat(node.step(id, "p/wrong")).containsEntry("status", "failed");
    }

    @Test
    void a_branch_nobody_waits_for_is_finished_after_a_crash_though_the_process_is_long_over() throws Exception {
        CountDownLatch middle = new CountDownLatch(1);
        AtomicBoolean alive = new AtomicBoolean(true);
        TestApp app = app().process("onboard", _ -> {
            parallel("p", branch("audit", () -> {
                step("first", NOTE, 1);
                step("second", () -> {
                    if (alive.get()) {
                        hold(middle);
                    }
                    TestApp.effect("audited");
                });
                return null;
            }).fireAndForget());
            return step("last", NOTE, 2);
        });
        TestNode first = node(app);
        UUID id = first.start("onboard");
        await(middle);
        first.reaches(id, "completed");
        Object completed = first.get(id).get("completed_at");
        assertThat(first.effects()).doesNotContain("audited");
        alive.set(false);
        first.crash();

        TestNode second = node(app);
        assertThat(TestNode.until(() -> second.living() == 0)).isTrue();

        assertThat(second.effects()).containsExactlyInAnyOrder("note 1", "note 2", "audited");
        assertThat(second.get(id)).containsEntry("status", "completed").containsEntry("completed_at", completed);
    }

    @Test
    void two_questions_side_by_side_are_asked_once_each_and_answered_in_any_order() {
        TestApp app = app().process("onboard", _ -> parallel(
                "ask",
                branch("a", () -> approval("a", "crm", "May a?").approved()),
                branch("b", () -> approval("b", "crm", "May b?").approved())));
        TestNode node = node(app);
        UUID id = node.start("onboard");
        node.parks(id);

        TestApprovals.decide(node.database, TestApprovals.find(node.database, "May b?").orElseThrow(), false, false);
        assertThat(TestNode.until(() -> node.step(id, "ask/b/b").get("status").equals("done"))).isTrue();
        node.parks(id);
        TestApprovals.decide(node.database, TestApprovals.find(node.database, "May a?").orElseThrow(), true, true);
        node.reaches(id, "completed");

        assertThat(node.get(id).get("outputs")).isEqualTo(Map.of("a", true, "b", false));
        int questions = node.database.read(sql -> sql.fetch("select * from public.question").size());
        assertThat(questions).isEqualTo(2);
    }

    @Test
    void five_hundred_sleeping_instances_hold_no_thread_and_all_wake() {
        TestApp app = app().process("onboard", _ -> {
            sleep("8s");
            return step("one", NOTE, 1);
        });
        TestNode node = node(app);
        for (int i = 0; i < 500; i++) {
            node.start("onboard");
        }

        // Both at one moment: a thread that has just put the last one to bed is not gone yet.
        assertThat(TestNode.until(() -> node.runner.idle() && node.database.read(sql -> sql.fetchSingle(
                "select count(*) from appos.process_ready where owner is null and wake_at > now()").into(int.class))
                == 500)).isTrue();
        assertThat(TestNode.until(() -> node.living() == 0)).isTrue();
        assertThat(node.effects()).hasSize(500);
    }

    @Test
    void an_instance_that_kills_its_nodes_is_not_tried_for_ever() throws Exception {
        CountDownLatch[] reached = {new CountDownLatch(1)};
        TestApp app = app().process("onboard", _ -> {
            step("deadly", () -> hold(reached[0]));
            return null;
        });
        TestNode node = node(app);
        UUID id = node.start("onboard");
        int deaths = 0;
        // A node that dies before it is known to hold the instance does not count, so it may take some more.
        while (deaths < 2 * Bounds.TAKEOVERS_MOST + 2) {
            TestNode running = node;
            TestNode.until(() -> reached[0].getCount() == 0 || running.status(id).equals("failed"));
            if (running.status(id).equals("failed")) {
                break;
            }
            reached[0] = new CountDownLatch(1);
            node.crash();
            node = node(app);
            deaths++;
        }
        node.reaches(id, "failed");
        assertThat(deaths).isGreaterThan(Bounds.TAKEOVERS_MOST);

        assertThat(node.error(id)).contains("died");
    }

    @Test
    void a_row_that_was_written_though_its_outcome_was_unknown_does_not_leave_the_instance_alone() throws Exception {
        CountDownLatch middle = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TestApp app = app().rule("slow", false, _ -> {
            middle.countDown();
            await(go);
            return 1L;
        }).process("onboard", _ -> {
            step("one", TestApp.<Long>rule("slow"), 1);
            return step("two", NOTE, 2);
        });
        TestNode node = node(app);
        UUID id = node.start("onboard");
        await(middle);
        assertThat(TestNode.until(() -> "running".equals(node.step(id, "one").get("status")))).isTrue();
        node.database.write(sql -> sql.execute(
                "update appos.process_step set status = 'done', answer = '1', finished_at = now()"));
        go.countDown();
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("note 2");
    }

    @Test
    void connections_that_break_fail_no_process_and_repeat_no_work() {
        TestApp app = app().process("onboard", _ -> {
            for (int i = 0; i < 60; i++) {
                step("step", NOTE, i);
                sleep("10ms");
            }
            return null;
        });
        TestNode node = node(app);
        List<UUID> ids = List.of(node.start("onboard"), node.start("onboard"), node.start("onboard"));
        for (int cut = 1; cut <= 4; cut++) {
            int done = cut * 20;
            assertThat(TestNode.until(() -> counted(node) > done)).isTrue();
            cut();
        }
        ids.forEach(id -> assertThat(TestNode.until(() -> counted(node) == 180)).isTrue());
        ids.forEach(id -> node.reaches(id, "completed"));

        assertThat(counted(node)).isEqualTo(180);
    }

    /// How many effects there are, whatever it takes to ask.
    private static int counted(TestNode node) {
        try {
            return node.effects().size();
        } catch (Refusal away) {
            return -1;
        }
    }

    /// Ends every connection of the platform, the node's own among them.
    private void cut() {
        try (Database other = new Database(settings)) {
            other.read(sql -> sql.fetch("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()"""));
        }
    }

    @Test
    void a_runner_that_is_closed_lets_its_step_finish_and_another_goes_on() throws Exception {
        CountDownLatch middle = new CountDownLatch(1);
        TestApp app = app().process("onboard", _ -> {
            step("one", () -> {
                middle.countDown();
                TestApp.effect("one");
            });
            return step("two", NOTE, 2);
        });
        TestNode first = node(app);
        UUID id = first.start("onboard");
        await(middle);
        first.runner.close();
        TestNode second = node(app);
        second.reaches(id, "completed");

        assertThat(second.effects()).containsExactly("one", "note 2");
    }
}
