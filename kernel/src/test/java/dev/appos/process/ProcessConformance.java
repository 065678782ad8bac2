package dev.appos.process;

import static dev.appos.api.Words.approval;
import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.compensate;
import static dev.appos.api.Words.ctx;
import static dev.appos.api.Words.fixed;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.signal;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Door;
import dev.appos.api.Rule1;
import dev.appos.govern.Verdict;
import dev.appos.object.Input;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a process does on every engine. Each engine runs this class; nothing here may know which.
abstract class ProcessConformance {

    static final Rule1<Long, Long> NOTE = TestApp.rule("note");

    final DatabaseSettings settings = TestPostgres.settings();
    private final List<TestNode> nodes = new ArrayList<>();
    private final TestApp app = new TestApp();

    /// Makes a node run.
    abstract void run(TestNode node);

    /// Ends a node as if it were killed.
    abstract void crash(TestNode node);

    /// Lets time pass for everything that waits.
    abstract void pass(TestNode node, Duration length);

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(TestApp some) {
        TestNode node = new TestNode(settings, some);
        nodes.add(node);
        run(node);
        return node;
    }

    /// An app with a rule that leaves a mark and answers what it was given.
    private static TestApp with(TestApp app) {
        return app.rule("note", true, arguments -> {
            TestApp.effect("note " + arguments[0]);
            return arguments[0];
        });
    }

    private TestNode node() {
        return node(with(app));
    }

    private static void waits(TestNode node, UUID id) {
        node.reaches(id, "waiting");
    }

    private static void answer(TestNode node, String title, boolean approved) {
        assertThat(TestNode.until(() -> TestApprovals.find(node.database, title).isPresent())).isTrue();
        TestApprovals.decide(
                node.database, TestApprovals.find(node.database, title).orElseThrow(), approved, false);
    }

    /// An answer of an author's type.
    public record Account(long id, String mail, BigDecimal credit, LocalDate since) {}

    @Test
    void steps_run_in_their_order_and_are_shown() {
        app.process("onboard", _ -> {
            long one = step("one", NOTE, 1);
            step("code", () -> TestApp.effect("code " + one));
            return step("two", NOTE, one + 1);
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("note 1", "code 1", "note 2");
        assertThat(node.steps(id)).extracting(step -> step.get("path")).containsExactly("one", "code", "two");
        assertThat(node.steps(id)).allMatch(step -> step.get("status").equals("done"));
        assertThat(node.step(id, "two")).containsEntry("outputs", 2).containsEntry("inputs", Map.of("value", 2));
        assertThat(node.get(id))
                .containsEntry("outputs", 2)
                .containsEntry("display_name", "Onboard customer 7")
                .containsEntry("started_by", "ana");
        assertThat(node.living()).isZero();
    }

    @Test
    void arguments_and_answers_keep_their_types() {
        Map<Integer, Object> seen = Collections.synchronizedMap(new TreeMap<>());
        Account account = new Account(7, "a@b.c", new BigDecimal("10.50"), LocalDate.of(2026, 2, 28));
        app.rule("open", true, _ -> account)
                .rule("nothing", true, _ -> null)
                .process("onboard", arguments -> {
                    seen.put(1, arguments[0]);
                    Account opened = step("open", TestApp.<Account>rule("open"), 7);
                    seen.put(2, opened);
                    seen.put(3, Arrays.asList("x", step("nothing", TestApp.<Object>rule("nothing"), 1), null));
                    seen.put(4, step("list", () -> Arrays.asList(1, 2L, null, Instant.EPOCH, Map.of("a", 1.5))));
                    return opened;
                });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "completed");

        assertThat(seen.values()).containsExactly(
                7L, account, Arrays.asList("x", null, null),
                Arrays.asList(1, 2L, null, Instant.EPOCH, Map.of("a", 1.5)));
        assertThat(node.get(id).get("outputs")).asString().contains("a@b.c").contains("10.50").contains("2026-02-28");
    }

    @Test
    void a_name_that_comes_again_is_another_step() {
        app.process("onboard", _ -> {
            for (long i = 0; i < 3; i++) {
                step("again", NOTE, i);
            }
            return null;
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "completed");

        assertThat(node.steps(id)).extracting(step -> step.get("path"))
                .containsExactly("again", "again#2", "again#3");
        assertThat(node.get(id)).containsEntry("outputs", null);
    }

    @Test
    void a_step_that_fails_ends_the_process_and_undoes_its_work() {
        app.rule("refuse", true, _ -> {
                    TestApp.effect("undone");
                    throw reject("No credit.");
                })
                .process("onboard", _ -> {
                    step("one", NOTE, 1);
                    step("two", TestApp.<Long>rule("refuse"), 1);
                    return step("three", NOTE, 3);
                });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.effects()).containsExactly("note 1");
        assertThat(node.error(id)).startsWith("two: ").contains("No credit.");
        assertThat(node.step(id, "two")).containsEntry("status", "failed");
        assertThat(node.living()).isZero();
    }

    @Test
    void a_body_may_catch_a_failed_step_and_go_on() {
        app.rule("refuse", true, _ -> {
                    throw reject("No.");
                })
                .process("onboard", _ -> {
                    try {
                        step("one", TestApp.<Long>rule("refuse"), 1);
                    } catch (RuntimeException failed) {
                        step("instead", NOTE, 2);
                    }
                    return approval("ask", "crm", "Go on?").approved();
                });
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);
        answer(node, "Go on?", true);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("note 2");
        assertThat(node.get(id)).containsEntry("outputs", true);
    }

    @Test
    void a_branch_is_tried_again_as_often_as_it_says() {
        AtomicInteger tries = new AtomicInteger();
        app.rule("flaky", true, _ -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return 3L;
                })
                .rule("never", true, _ -> {
                    throw reject("Never.");
                })
                .process("onboard", _ -> {
                    Map<String, Object> done = parallel("p",
                            branch("flaky", TestApp.<Long>rule("flaky"), 1).retry(5, fixed("20ms")));
                    parallel("q", branch("never", TestApp.<Long>rule("never"), 1).retry(2, fixed("20ms")));
                    return done;
                });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(tries).hasValue(3);
        assertThat(node.step(id, "p/flaky/flaky")).containsEntry("attempt", 3).containsEntry("status", "done");
        assertThat(node.error(id)).startsWith("q/never/never: ").contains("Never.");
        assertThat(node.step(id, "q/never/never")).containsEntry("attempt", 2);
    }

    @Test
    void a_step_that_takes_too_long_is_given_up() {
        app.rule("slow", true, _ -> hold(new CountDownLatch(1)))
                .process("onboard", _ ->
                        parallel("p", branch("slow", TestApp.<Long>rule("slow"), 1).timeout("50ms")));
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).isEqualTo("p/slow/slow: It took longer than 50 ms and was given up.");
    }

    @Test
    void branches_run_beside_each_other_and_all_are_waited_for() {
        CountDownLatch both = new CountDownLatch(2);
        app.rule("meet", true, arguments -> {
                    both.countDown();
                    wait(both);
                    return arguments[0];
                })
                .process("onboard", _ -> {
                    Map<String, Object> met = parallel("p",
                            branch("left", TestApp.<Long>rule("meet"), 1),
                            branch("right", () -> {
                                long got = step("first", TestApp.<Long>rule("meet"), 2);
                                return step("second", NOTE, got + 1);
                            }));
                    step("after", () -> TestApp.effect("after"));
                    return met;
                });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "completed");

        assertThat(node.get(id)).containsEntry("outputs", Map.of("left", 1, "right", 3));
        assertThat(node.effects()).containsExactly("note 3", "after");
        assertThat(node.steps(id)).extracting(step -> step.get("path"))
                .contains("p/left/left", "p/right/first", "p/right/second");
    }

    @Test
    void failing_branches_let_the_others_finish_and_tell_every_cause() {
        app.rule("refuse", true, arguments -> {
                    throw reject("No " + arguments[0] + ".");
                })
                .process("onboard", _ -> parallel("p",
                        branch("a", TestApp.<Long>rule("refuse"), 1),
                        branch("b", NOTE, 2),
                        branch("c", TestApp.<Long>rule("refuse"), 3)));
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("p/a/a: ", "No 1.", "p/c/c: ", "No 3.");
        assertThat(node.effects()).containsExactly("note 2");
    }

    @Test
    void nobody_waits_for_a_branch_that_is_fired_and_forgotten() {
        CountDownLatch go = new CountDownLatch(1);
        app.rule("held", true, _ -> hold(go)).process("onboard", _ -> {
            parallel("p", branch("audit", () -> {
                step("held", TestApp.<Object>rule("held"), 1);
                return step("audit", NOTE, 5);
            }).fireAndForget());
            return step("last", NOTE, 1);
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "completed");
        assertThat(node.effects()).containsExactly("note 1");
        go.countDown();

        assertThat(TestNode.until(() -> node.living() == 0)).isTrue();
        assertThat(node.effects()).containsExactly("note 1", "note 5");
        assertThat(node.get(id)).containsEntry("status", "completed").containsEntry("outputs", 1);
    }

    @Test
    void a_sleep_of_a_month_waits_and_ends() {
        app.process("onboard", _ -> {
            step("before", NOTE, 1);
            sleep("30 days");
            return step("after", NOTE, 2);
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);
        assertThat(node.effects()).containsExactly("note 1");
        assertThat(node.step(id, "sleep")).containsEntry("status", "waiting");
        pass(node, Duration.ofDays(31));
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("note 1", "note 2");
        assertThat(node.step(id, "sleep")).containsEntry("status", "done");
    }

    @Test
    void an_approval_is_asked_once_and_answered_with_who_and_why() {
        app.process("onboard", _ -> {
            dev.appos.api.Approval said = approval("credit", "crm_managers", "Extend credit?");
            return List.of(said.approved(), said.by(), said.note());
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);
        assertThat(node.get(id)).containsEntry("current_step", "credit");
        answer(node, "Extend credit?", false);
        node.reaches(id, "completed");

        assertThat(node.get(id)).containsEntry("outputs", List.of(false, "mia", "fine"));
        assertThat(node.step(id, "credit")).containsEntry("status", "done");
    }

    @Test
    void two_approvals_beside_each_other_are_answered_in_any_order() {
        app.process("onboard", _ -> parallel("p",
                branch("a", () -> approval("ask", "crm", "May a?").approved()),
                branch("b", () -> approval("ask", "crm", "May b?").approved())));
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);
        answer(node, "May b?", false);
        answer(node, "May a?", true);
        node.reaches(id, "completed");

        assertThat(node.get(id)).containsEntry("outputs", Map.of("a", true, "b", false));
    }

    @Test
    void an_agents_step_that_a_policy_holds_waits_for_the_person_and_then_runs() {
        app.process("onboard", _ -> step("pay", NOTE, 5));
        TestNode node = node();
        node.verdicts.put("crm.rules.note", Verdict.Kind.ASK);
        UUID id = node.start("agent:refunds", "onboard");
        waits(node, id);
        assertThat(node.effects()).isEmpty();
        UUID question = node.database.read(sql -> sql.fetchSingle("select id from public.question").into(UUID.class));
        TestApprovals.decide(node.database, question, true, false);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("note 5");
    }

    @Test
    void variables_are_seen_by_people_and_by_steps() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.rule("read", true, _ -> {
                    seen.add(String.valueOf(ctx.var("plan")));
                    return 1L;
                })
                .process("onboard", _ -> {
                    ctx.var("plan", "gold");
                    ctx.var("none", null);
                    step("read", TestApp.<Long>rule("read"), 1);
                    ctx.var("plan", "silver");
                    seen.add(ctx.var("plan"));
                    approval("ask", "crm", "May I?");
                    return null;
                });
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);

        assertThat(seen).startsWith("gold", "silver");
        assertThat(node.get(id).get("variables")).asString().contains("plan=silver").contains("none=null");
    }

    @Test
    void what_waits_for_a_signal_shows_its_variables_and_is_undone_if_it_fails() {
        app.rule("never", true, arguments -> {
            throw reject("Not with " + arguments[0] + ".");
        }).process("onboard", Map.of("paid", Long.class), _ -> {
            step("book", NOTE, 1);
            compensate("unbook", NOTE, -1);
            ctx.var("stage", "asked");
            return step("bill", TestApp.<Long>rule("never"), signal("paid", Long.class));
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);
        assertThat(node.get(id)).containsEntry("variables", Map.of("stage", "asked"));
        node.call("platform.rules.signal_process", new Input.Run(
                Map.of("id", id.toString(), "name", "paid", "value", Map.of("value", 5))));
        node.reaches(id, "failed");

        assertThat(node.error(id)).endsWith("Not with 5.");
        assertThat(node.effects()).containsExactly("note 1", "note -1");
    }

    @Test
    void a_sleeping_process_is_cancelled_at_once_and_a_busy_one_at_its_next_step() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        app.process("busy", _ -> {
                    step("one", () -> {
                        first.countDown();
                        wait(go);
                        TestApp.effect("one");
                    });
                    return step("two", NOTE, 2);
                })
                .process("asleep", _ -> {
                    sleep("30 days");
                    return step("wrong", NOTE, 3);
                });
        TestNode node = node();
        UUID asleep = node.start("asleep");
        waits(node, asleep);
        cancel(node, asleep);
        node.reaches(asleep, "cancelled");

        UUID busy = node.start("busy");
        wait(first);
        cancel(node, busy);
        go.countDown();
        node.reaches(busy, "cancelled");
        assertThat(node.effects()).containsExactly("one");
        assertThat(TestNode.until(() -> node.living() == 0)).isTrue();
    }

    private static void cancel(TestNode node, UUID id) {
        node.database.write(sql -> {
            new ProcessControl().cancel(sql, id);
            return id;
        });
    }

    @Test
    void the_body_may_not_reach_out_and_is_told_what_to_write() {
        app.process("onboard", _ -> Door.current().get("crm.records.effect", 1));
        TestNode node = node();
        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("crm.records.effect").contains("put it in step(\"…\", …)");
    }

    @Test
    void a_permission_taken_away_stops_the_next_step() {
        app.process("onboard", _ -> {
            approval("ask", "crm", "May I?");
            return step("two", NOTE, 2);
        });
        TestNode node = node();
        UUID id = node.start("onboard");
        waits(node, id);
        node.banned.add("ana");
        answer(node, "May I?", true);
        node.reaches(id, "failed");

        assertThat(node.error(id)).startsWith("two: ").contains("ana may not");
        assertThat(node.effects()).isEmpty();
    }

    @Test
    void the_body_sees_who_started_it_and_when_at_each_run() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.process("onboard", _ -> {
            seen.add(List.of(ctx.now(), ctx.user(), ctx.executionId(), ctx.app()));
            return approval("ask", "crm", "May I?").approved();
        });
        TestNode first = node();
        UUID id = first.start("onboard");
        waits(first, id);
        crash(first);
        TestNode second = node();
        answer(second, "May I?", true);
        second.reaches(id, "completed");

        assertThat(seen).hasSizeGreaterThan(1).allMatch(seen.getFirst()::equals);
        assertThat(seen.getFirst()).asString().contains("ana").contains("exec_test");
    }

    @Test
    void a_node_that_dies_in_a_step_is_followed_by_one_that_repeats_nothing_that_was_done() {
        CountDownLatch middle = new CountDownLatch(2);
        AtomicBoolean alive = new AtomicBoolean(true);
        app.process("onboard", _ -> {
            step("one", NOTE, 1);
            parallel("both",
                    branch("left", () -> {
                        step("first", NOTE, 2);
                        return step("second", () -> held(alive, middle, "left"));
                    }),
                    branch("right", () -> {
                        step("first", NOTE, 3);
                        return step("second", () -> held(alive, middle, "right"));
                    }));
            return step("last", NOTE, 4);
        });
        TestNode first = node();
        UUID id = first.start("onboard");
        wait(middle);
        alive.set(false);
        crash(first);
        TestNode second = node();
        second.reaches(id, "completed");

        assertThat(second.effects()).containsExactlyInAnyOrder("note 1", "note 2", "note 3", "left", "right", "note 4");
    }

    private static Object held(AtomicBoolean alive, CountDownLatch middle, String effect) {
        TestApp.effect(effect);
        if (alive.get()) {
            middle.countDown();
            return hold(new CountDownLatch(1));
        }
        return effect;
    }

    @Test
    void a_body_that_takes_another_way_than_before_is_stopped_and_both_ways_are_named() {
        app.process("onboard", _ -> {
            step("one", NOTE, 1);
            return approval("ask", "crm", "May I?").approved();
        });
        TestNode first = node();
        UUID id = first.start("onboard");
        waits(first, id);
        crash(first);
        TestNode second = node(with(new TestApp("v2").process("onboard", _ -> {
            step("another", NOTE, 1);
            return approval("ask", "crm", "May I?").approved();
        })));
        answer(second, "May I?", true);
        second.reaches(id, "failed");

        assertThat(second.error(id)).contains("\"one\"").contains("\"another\"").contains("has changed");
        assertThat(second.effects()).containsExactly("note 1");
        assertThat(second.living()).isZero();
    }

    @Test
    void a_step_that_is_asked_with_other_arguments_is_told() {
        app.process("onboard", _ -> {
            step("one", NOTE, 1);
            return approval("ask", "crm", "May I?").approved();
        });
        TestNode first = node();
        UUID id = first.start("onboard");
        waits(first, id);
        crash(first);
        TestNode second = node(with(new TestApp("v2").process("onboard", _ -> {
            step("one", NOTE, 2);
            return approval("ask", "crm", "May I?").approved();
        })));
        answer(second, "May I?", true);
        second.reaches(id, "failed");

        assertThat(second.error(id)).contains("\"one\"").contains("other arguments");
    }

    static <T> T hold(CountDownLatch latch) {
        wait(latch);
        return null;
    }

    static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("killed", interrupted);
        }
    }
}
