package dev.appos.process;

import static dev.appos.api.Words.approval;
import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.ctx;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.AppOsException;
import dev.appos.store.TestPostgres;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the body of a process, its branches and its steps see of the context, at each run the same.
class ProcessContextTest {

    private final TestApp app = new TestApp();
    private TestNode node;

    private void run() {
        node = new TestNode(TestPostgres.settings(), app).run();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void a_body_reads_back_what_it_has_set_and_nothing_that_only_comes_later() {
        List<List<Object>> seen = new CopyOnWriteArrayList<>();
        app.process("onboard", _ -> {
            Object before = ctx.var("limit");
            ctx.var("limit", 5);
            ctx.var("note", null);
            Object after = ctx.var("limit");
            boolean may = approval("ask", "crm", "May I?").approved();
            ctx.var("limit", 6);
            seen.add(Arrays.asList(before, after, ctx.var("note"), ctx.var("limit"), may));
            step("end", () -> 1);
            return approval("again", "crm", "And now?").approved();
        });
        run();

        UUID id = node.start("onboard");
        decide(id, "May I?");
        decide(id, "And now?");
        node.reaches(id, "completed");

        assertThat(seen).hasSizeGreaterThanOrEqualTo(2).allSatisfy(
                each -> assertThat(each).isEqualTo(Arrays.asList(null, 5, null, 6, true)));
    }

    @Test
    void branches_see_what_was_set_before_and_are_joined_in_the_order_they_are_written() {
        CountDownLatch second = new CountDownLatch(1);
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.process("onboard", _ -> {
            ctx.var("x", "body");
            parallel("both",
                    branch("first", () -> {
                        await(second);
                        seen.add(List.of("first", ctx.var("x"), ctx.user().name(), ctx.executionId()));
                        ctx.var("x", "first");
                        ctx.var("y", "first");
                        return 1;
                    }),
                    branch("second", () -> {
                        ctx.var("x", "second");
                        seen.add(List.of("second", ctx.var("x"), ctx.user().name(), ctx.executionId()));
                        second.countDown();
                        return 2;
                    }));
            return ctx.var("x") + " " + ctx.var("y");
        });
        run();

        UUID id = node.start("onboard");
        node.reaches(id, "completed");

        assertThat(seen).containsExactly(
                List.of("second", "second", "ana", "exec_test"), List.of("first", "body", "ana", "exec_test"));
        assertThat(node.get(id).get("outputs")).isEqualTo("second first");
    }

    @Test
    void a_step_sees_the_variables_and_the_account_and_has_a_state_of_its_own() {
        app.rule("look", false, _ -> {
                    ctx.state().set("seen", "x");
                    return ctx.var("limit") + " " + ctx.user().name() + " " + ctx.app().name() + " "
                            + ctx.request().isPresent();
                })
                .process("onboard", _ -> {
                    ctx.var("limit", 5);
                    Object first = step("look", TestApp.<String>rule("look"), 1);
                    Object state = step("state", () -> ctx.state().get("seen").isPresent());
                    return first + " " + state;
                });
        run();

        UUID id = node.start("onboard");
        node.reaches(id, "completed");

        assertThat(node.get(id).get("outputs")).isEqualTo("5 ana crm false false");
    }

    @Test
    void a_body_has_no_session_no_request_and_no_state_of_a_call() {
        List<String> told = new ArrayList<>();
        app.process("onboard", _ -> {
            try {
                ctx.session();
            } catch (AppOsException.Session none) {
                told.add(none.getMessage());
            }
            told.add(String.valueOf(ctx.request().isPresent()));
            return ctx.state();
        });
        run();

        UUID id = node.start("onboard");
        node.reaches(id, "failed");

        assertThat(told).containsExactly(
                "ctx.session() is not allowed: a process is not part of a login session.", "false");
        assertThat(node.get(id).get("error")).asString().contains("ctx.state() ends with each step");
    }

    @Test
    void an_agents_process_knows_the_agent_and_the_account_it_acts_for() {
        app.process("onboard", _ -> ctx.agent().orElse("nobody") + " for " + ctx.user().name());
        run();

        UUID id = node.start("agent:refunds", "onboard");
        node.reaches(id, "completed");

        assertThat(node.get(id).get("outputs")).isEqualTo("agent:refunds for ana");
    }

    private void decide(UUID id, String question) {
        assertThat(TestNode.until(() -> TestApprovals.find(node.database, question).isPresent())).isTrue();
        node.parks(id);
        TestApprovals.decide(
                node.database, TestApprovals.find(node.database, question).orElseThrow(), true, false);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
