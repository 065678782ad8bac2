package dev.appos.process;

import static dev.appos.api.Words.approval;
import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.ctx;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.Door;
import dev.appos.base.Refusal;
import dev.appos.govern.Verdict;
import dev.appos.object.Input;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What processes do while nothing goes wrong with the node that runs them.
final class ProcessTest {

    private final DatabaseSettings settings = TestPostgres.settings();
    private final TestApp app = new TestApp();
    private TestNode node;

    @AfterEach
    void close() {
        node.close();
    }

    private void run() {
        node = new TestNode(settings, app).run();
    }

    /// An answer of an author's type.
    public record Account(long id, String mail, BigDecimal credit) {}

    private TestApp onboarding() {
        return app.rule("create", true, arguments -> {
                    TestApp.effect("create");
                    return new Account((long) arguments[0], "a@b.c", new BigDecimal("10.50"));
                })
                .rule("note", true, arguments -> {
                    TestApp.effect("note " + arguments[0]);
                    return arguments[0];
                })
                .process("onboard", arguments -> {
                    long id = (long) arguments[0];
                    ctx.var("customerId", id);
                    Account account = step("create account", TestApp.<Account>rule("create"), id);
                    Map<String, Object> said = parallel(
                            "announce",
                            branch("welcome", TestApp.<Long>rule("note"), account.id() + 1),
                            branch("trial", () -> step("give trial", TestApp.<Long>rule("note"), account.id() + 2)));
                    boolean credit = approval("credit", "crm_managers", "Extend credit to " + account.mail())
                            .approved();
                    step("extend credit", () -> TestApp.effect("credit " + credit));
                    sleep("10ms");
                    Long last = step("follow up", TestApp.<Long>rule("note"), 99);
                    return Map.of("said", said, "last", last, "credit", account.credit());
                });
    }

    @Test
    void steps_branches_approval_and_sleep_come_in_their_order() {
        onboarding();
        run();

        UUID id = node.start("onboard");
        node.parks(id);
        assertThat(node.get(id)).containsEntry("status", "waiting").containsEntry("current_step", "credit");
        UUID question = TestApprovals.find(node.database, "Extend credit to a@b.c").orElseThrow();
        TestApprovals.decide(node.database, question, true, false);
        node.reaches(id, "completed");

        assertThat(node.effects().getFirst()).isEqualTo("create");
        assertThat(node.effects()).containsExactlyInAnyOrder("create", "note 8", "note 9", "credit true", "note 99");
        assertThat(node.effects().subList(3, 5)).containsExactly("credit true", "note 99");
        assertThat(node.steps(id)).extracting(step -> step.get("path")).containsExactlyInAnyOrder(
                "create account", "announce/welcome/welcome", "announce/trial/give trial", "credit", "extend credit",
                "sleep", "follow up");
        assertThat(node.steps(id)).allMatch(step -> step.get("status").equals("done"));
        assertThat(node.living()).isZero();
    }

    @Test
    void no_more_instances_run_at_once_than_the_settings_say() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        app.process("hold", _ -> step("hold", () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
            return running.decrementAndGet();
        }));
        node = new TestNode(settings, app, new ProcessSettings(2, () -> Duration.ofSeconds(10), () -> true)).run();

        List<UUID> started = Stream.generate(() -> node.start("hold")).limit(6).toList();
        started.forEach(id -> node.reaches(id, "completed"));

        assertThat(most).hasValue(2);
    }

    @Test
    void people_see_an_instance_and_its_steps_in_the_agreed_shape() {
        onboarding();
        run();

        UUID id = node.start("onboard");
        node.parks(id);
        TestApprovals.decide(
                node.database, TestApprovals.find(node.database, "Extend credit to a@b.c").orElseThrow(), false, true);
        node.reaches(id, "completed");

        Map<String, Object> instance = node.get(id);
        assertThat(instance.keySet()).containsExactly(
                "instance_id", "process", "status", "display_name", "current_step", "variables",
                "hidden_variables", "outputs", "error", "started_at", "completed_at", "started_by", "triggered_by");
        assertThat(instance)
                .containsEntry("instance_id", id.toString())
                .containsEntry("process", "crm.processes.onboard")
                .containsEntry("display_name", "Onboard customer 7")
                .containsEntry("variables", Map.of("customerId", 7))
                .containsEntry("started_by", "ana")
                .containsEntry("triggered_by", "manual:ana")
                .containsEntry("error", null);
        assertThat(instance.get("outputs")).isEqualTo(
                Map.of("said", Map.of("welcome", 8, "trial", 9), "last", 99, "credit", new BigDecimal("10.50")));
        assertThat(node.step(id, "announce/trial/give trial").keySet()).containsExactly(
                "path", "name", "status", "attempt", "started_at", "completed_at", "duration_ms", "inputs", "outputs",
                "error");
        assertThat(node.step(id, "announce/trial/give trial"))
                .containsEntry("name", "give trial")
                .containsEntry("inputs", Map.of("value", 9))
                .containsEntry("outputs", 9)
                .containsEntry("attempt", 1);
        assertThat(node.step(id, "create account").get("outputs"))
                .isEqualTo(Map.of("id", 7, "mail", "a@b.c", "credit", new BigDecimal("10.50")));
        assertThat(node.step(id, "credit").get("outputs"))
                .isEqualTo(Map.of("approved", false, "by", "mia", "note", "fine"));
    }

    @Test
    void a_step_that_fails_ends_the_process_with_its_name_and_message() {
        app.rule("refuse", true, _ -> {
                    TestApp.effect("undone");
                    throw reject("No credit.");
                })
                .process("onboard", _ -> {
                    step("one", () -> TestApp.effect("one"));
                    step("two", TestApp.<Long>rule("refuse"), 1);
                    step("three", () -> TestApp.effect("three"));
                    return null;
                });
        run();

        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.effects()).containsExactly("one");
        assertThat(node.error(id)).startsWith("two: ").contains("No credit.");
        assertThat(node.get(id).get("error")).asString().contains("exec_test");
        assertThat(node.step(id, "two")).containsEntry("status", "failed");
        assertThat(node.living()).isZero();
    }

    @Test
    void a_body_that_reads_outside_a_step_fails_and_is_told_what_to_write() {
        app.process("onboard", _ -> Door.current().get("crm.records.effect", 1));
        run();

        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("crm.records.effect").contains("put it in step(\"…\", …)");
    }

    @Test
    void what_is_too_much_is_refused_with_its_limit() {
        app.process("asleep", _ -> {
                    sleep("9000 weeks");
                    return null;
                })
                .process("named", _ -> step("a/b", TestApp.<Long>rule("note"), 1))
                .process("shown", _ -> {
                    ctx.var("all", "x".repeat(100_000));
                    return null;
                })
                .process("twice", _ -> parallel("p", branch("b", () -> 1), branch("b", () -> 2)));
        run();

        Map<String, String> said = Map.of(
                "asleep", "63000 days", "named", "without / and #", "shown", "65536", "twice", "two branches called");
        said.forEach((process, words) -> {
            UUID id = node.start(process);
            node.reaches(id, "failed");
            assertThat(node.error(id)).contains(words);
        });
    }

    @Test
    void a_step_inside_a_step_is_refused() {
        app.process("onboard", _ -> {
            step("outer", () -> step("inner", () -> TestApp.effect("inner")));
            return null;
        });
        run();

        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("not inside a step");
        assertThat(node.effects()).isEmpty();
    }

    @Test
    void a_start_that_is_rolled_back_starts_nothing() {
        CountDownLatch ran = new CountDownLatch(1);
        app.process("onboard", _ -> {
                    ran.countDown();
                    return null;
                })
                .rule("start", true, arguments -> {
                    UUID id = Door.current().start("crm.processes.onboard", 7L);
                    if ((long) arguments[0] == 0) {
                        throw reject("Changed my mind about " + id);
                    }
                    return id;
                });
        run();

        assertThatThrownBy(() -> node.call("crm.rules.start", new Input.Run(Map.of("value", 0))))
                .isInstanceOf(Refusal.class).hasMessageContaining("Changed my mind");
        assertThat(node.living()).isZero();

        UUID id = (UUID) node.call("crm.rules.start", new Input.Run(Map.of("value", 1)));
        node.reaches(id, "completed");
        int instances = node.database.read(sql -> sql.fetch("select * from appos.process_instance").size());
        assertThat(instances).isEqualTo(1);
    }

    @Test
    void a_process_started_by_a_step_says_where_it_comes_from_and_is_started_once() {
        app.process("child", _ -> step("work", TestApp.<Long>rule("note"), 1))
                .rule("note", true, _ -> {
                    TestApp.effect("child");
                    return 1L;
                })
                .process("onboard", _ -> step("start child", () -> Door.current().start("crm.processes.child", 7L)));
        run();

        UUID parent = node.start("onboard");
        node.reaches(parent, "completed");
        UUID child = UUID.fromString((String) node.get(parent).get("outputs"));
        node.reaches(child, "completed");

        assertThat(node.get(child)).containsEntry("triggered_by", "process:" + parent);
        assertThat(node.effects()).containsExactly("child");
    }

    @Test
    void a_permission_taken_away_stops_the_next_step() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        app.process("onboard", _ -> {
            step("one", () -> {
                first.countDown();
                wait(go);
            });
            step("two", () -> TestApp.effect("two"));
            return null;
        });
        run();

        UUID id = node.start("onboard");
        wait(first);
        node.banned.add("ana");
        go.countDown();
        node.reaches(id, "failed");

        assertThat(node.error(id)).startsWith("two: ").contains("ana may not use");
        assertThat(node.effects()).isEmpty();
    }

    @Test
    void a_cancelled_process_ends_at_its_next_step_and_a_sleeping_one_at_once() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        app.process("busy", _ -> {
                    step("one", () -> {
                        first.countDown();
                        wait(go);
                        TestApp.effect("one");
                    });
                    step("two", () -> TestApp.effect("two"));
                    return null;
                })
                .process("asleep", _ -> {
                    sleep("30 days");
                    return null;
                });
        run();
        ProcessControl control = new ProcessControl();

        UUID busy = node.start("busy");
        wait(first);
        node.database.write(sql -> {
            control.cancel(sql, busy);
            return busy;
        });
        go.countDown();
        node.reaches(busy, "cancelled");
        assertThat(node.effects()).containsExactly("one");

        UUID asleep = node.start("asleep");
        node.parks(asleep);
        node.database.write(sql -> {
            control.cancel(sql, asleep);
            return asleep;
        });
        node.reaches(asleep, "cancelled");
        assertThat(node.living()).isZero();
        assertThatThrownBy(() -> node.database.write(sql -> {
            control.cancel(sql, asleep);
            return asleep;
        })).isInstanceOf(Refusal.class).hasMessageContaining("is over: cancelled");
    }

    @Test
    void a_body_that_catches_everything_waits_all_the_same() {
        app.process("onboard", _ -> {
            try {
                approval("ask", "crm", "May I?");
            } catch (Throwable caught) {
                step("wrong", () -> TestApp.effect("wrong"));
            }
            return null;
        });
        run();

        UUID id = node.start("onboard");
        node.parks(id);

        assertThat(node.status(id)).isEqualTo("waiting");
        assertThat(node.effects()).isEmpty();
    }

    @Test
    void a_body_may_catch_a_failed_step_and_a_replay_takes_the_same_way() {
        app.rule("refuse", true, _ -> {
                    throw reject("No.");
                })
                .process("onboard", _ -> {
                    try {
                        step("one", TestApp.<Long>rule("refuse"), 1);
                    } catch (RuntimeException failed) {
                        step("instead", () -> TestApp.effect("instead"));
                    }
                    return approval("ask", "crm", "Go on?").approved();
                });
        run();

        UUID id = node.start("onboard");
        node.parks(id);
        TestApprovals.decide(node.database, TestApprovals.find(node.database, "Go on?").orElseThrow(), true, false);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("instead");
        assertThat(node.steps(id)).extracting(step -> step.get("status")).containsExactly("failed", "done", "done");
    }

    @Test
    void a_step_that_takes_long_is_shown_while_it_runs() {
        CountDownLatch go = new CountDownLatch(1);
        app.process("onboard", _ -> {
            step("slow", () -> wait(go));
            return null;
        });
        run();

        UUID id = node.start("onboard");
        assertThat(TestNode.until(() -> "running".equals(node.step(id, "slow").get("status")))).isTrue();
        assertThat(node.get(id)).containsEntry("current_step", "slow").containsEntry("status", "running");
        go.countDown();
        node.reaches(id, "completed");

        assertThat(node.step(id, "slow")).containsEntry("status", "done");
    }

    @Test
    void the_body_sees_the_same_time_user_and_execution_at_each_run() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.process("onboard", _ -> {
            seen.add(List.of(ctx.now(), ctx.user(), ctx.executionId(), ctx.app(), ctx.request()));
            return approval("ask", "crm", "May I?").approved();
        });
        run();

        UUID id = node.start("onboard");
        node.parks(id);
        TestApprovals.decide(node.database, TestApprovals.find(node.database, "May I?").orElseThrow(), true, false);
        node.reaches(id, "completed");

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isEqualTo(seen.get(0)).asString().contains("ana").contains("exec_test");
    }

    @Test
    void lists_are_newest_first_by_pages_and_show_only_what_may_be_seen() {
        app.process("onboard", _ -> null).process("secret", _ -> null);
        run();
        // One after the other: within a millisecond ids have no order.
        List<UUID> ids = Stream.of("onboard", "onboard", "onboard", "secret").map(process -> {
            UUID id = node.start(process);
            node.reaches(id, "completed");
            return id;
        }).toList();

        ProcessQueries.Instances first = list(Optional.empty(), 2);
        ProcessQueries.Instances second = list(first.next(), 2);

        assertThat(first.items()).extracting(item -> item.get("instance_id"))
                .containsExactly(ids.get(2).toString(), ids.get(1).toString());
        assertThat(second.items()).extracting(item -> item.get("instance_id"))
                .containsExactly(ids.getFirst().toString());
        assertThat(second.next()).isEmpty();
        assertThatThrownBy(() -> new ProcessQueries.Filter(
                Set.of(), Optional.empty(), Optional.of("compleded"), Optional.empty()))
                .isInstanceOf(Refusal.class).hasMessageContaining("Did you mean completed?");
    }

    private ProcessQueries.Instances list(Optional<UUID> cursor, int limit) {
        ProcessQueries.Filter filter = new ProcessQueries.Filter(
                Set.of("crm.processes.onboard"), Optional.empty(), Optional.of("completed"), cursor);
        return node.database.read(sql -> node.queries.list(sql, filter, limit));
    }

    @Test
    void an_agents_step_that_a_policy_holds_waits_for_the_person_and_then_runs() {
        app.rule("pay", true, _ -> {
                    TestApp.effect("paid");
                    return 1L;
                })
                .process("onboard", _ -> step("pay", TestApp.<Long>rule("pay"), 5));
        run();
        node.verdicts.put("crm.rules.pay", Verdict.Kind.ASK);

        UUID id = node.start("agent:refunds", "onboard");
        node.parks(id);
        assertThat(node.effects()).isEmpty();
        assertThat(node.step(id, "pay")).containsEntry("status", "waiting");
        UUID question = node.database.read(sql -> sql.fetchSingle("select id from public.question").into(UUID.class));
        TestApprovals.decide(node.database, question, true, false);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("paid");
        assertThat(node.get(id)).containsEntry("triggered_by", "agent:refunds");
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
