package dev.appos.process;

import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.object.Input;
import dev.appos.object.Pace;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lanes, priorities, and limits over all nodes.
final class PaceTest {

    private final DatabaseSettings settings = TestPostgres.settings();
    private final List<TestNode> nodes = new ArrayList<>();
    private final Map<Object, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Map<Object, AtomicInteger> most = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Object> order = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(TestApp app, ProcessSettings work) {
        TestNode node = new TestNode(settings, app, work);
        nodes.add(node);
        return node;
    }

    private static Pace pace(int concurrency, String rate, String key) {
        return Pace.of(concurrency, rate, key, 0).orElseThrow();
    }

    /// Takes a while, and counts how many do so at a time.
    private Object busy(Object group) {
        return step("busy", () -> {
            int now = running.computeIfAbsent(group, _ -> new AtomicInteger()).incrementAndGet();
            most.computeIfAbsent(group, _ -> new AtomicInteger()).accumulateAndGet(now, Math::max);
            order.add(group);
            times.add(System.nanoTime());
            LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
            return running.get(group).decrementAndGet();
        });
    }

    private static UUID start(TestNode node, String process, long customer) {
        return (UUID) node.call(
                "ana", "crm.processes." + process, new Input.Start(Map.of("customer_id", customer)));
    }

    private void ends(TestNode node) {
        assertThat(TestNode.until(() -> node.living() == 0)).as("all over").isTrue();
    }

    @Test
    void never_more_run_at_a_time_than_the_process_says_on_all_nodes_together() {
        TestApp app = new TestApp()
                .process("limited", pace(2, "", ""), _ -> busy("limited"))
                .process("free", _ -> busy("free"));
        TestNode one = node(app, ProcessSettings.DEFAULT);
        TestNode two = node(app, ProcessSettings.DEFAULT);
        for (int i = 0; i < 10; i++) {
            start(one, "limited", i);
            start(one, "free", i);
        }
        one.run();
        two.run();
        ends(one);

        assertThat(most.get("limited")).hasValue(2);
        assertThat(most.get("free").get()).as("control: without a limit").isGreaterThan(2);
    }

    @Test
    void a_limit_by_key_holds_for_each_value_and_one_with_much_to_do_keeps_no_other_waiting() {
        TestApp app = new TestApp().process(
                "keyed", pace(1, "", "customer_id"), arguments -> busy(arguments[0]));
        TestNode node = node(app, ProcessSettings.DEFAULT);
        for (int i = 0; i < 8; i++) {
            start(node, "keyed", 1);
        }
        start(node, "keyed", 2);
        node.run();
        ends(node);

        assertThat(most.get(1L)).hasValue(1);
        assertThat(List.copyOf(order).indexOf(2L)).as("customer 2 waits for none of 1").isLessThan(4);
    }

    @Test
    void no_more_are_taken_in_a_span_than_the_rate_says() {
        TestNode node = node(new TestApp().process("rated", pace(0, "3/second", ""), _ -> busy("rated")),
                ProcessSettings.DEFAULT);
        for (int i = 0; i < 7; i++) {
            start(node, "rated", i);
        }
        node.run();
        ends(node);

        List<Long> at = List.copyOf(times).stream().sorted().toList();
        assertThat(at).hasSize(7);
        // Each begins a little after it was taken, so spans are measured with some room.
        assertThat(at.get(6) - at.get(0)).isGreaterThan(Duration.ofMillis(1_700).toNanos());
    }

    @Test
    void an_instance_that_waits_holds_no_slot() {
        TestNode node = node(new TestApp().process("sleeper", pace(1, "", ""), _ -> {
            sleep("1h");
            return null;
        }), ProcessSettings.DEFAULT);
        UUID first = start(node, "sleeper", 1);
        UUID second = start(node, "sleeper", 2);
        node.run();

        node.parks(first);
        node.parks(second);
        int slept = node.steps(first).size() + node.steps(second).size();
        assertThat(TestNode.until(() -> node.steps(first).size() + node.steps(second).size() == 2))
                .as("both sleep: " + slept).isTrue();
    }

    @Test
    void what_is_more_urgent_comes_first() {
        TestApp app = new TestApp()
                .process("later", Pace.of(0, "", "", -1).orElseThrow(), _ -> busy("later"))
                .process("usual", _ -> busy("usual"))
                .process("sooner", Pace.of(0, "", "", 5).orElseThrow(), _ -> busy("sooner"));
        TestNode node = node(app, new ProcessSettings(1, () -> Duration.ofSeconds(10), () -> true));
        for (String process : List.of("later", "usual", "sooner", "later", "usual", "sooner")) {
            start(node, process, 1);
        }
        node.run();
        ends(node);

        assertThat(order).containsExactly("sooner", "sooner", "usual", "usual", "later", "later");
    }

    @Test
    void a_process_that_waits_for_one_it_started_waits_for_no_room_it_holds_itself() {
        CountDownLatch done = new CountDownLatch(1);
        TestApp app = new TestApp()
                .process("child", _ -> {
                    done.countDown();
                    return null;
                })
                .process("parent", _ -> step("start and wait", () -> {
                    start(nodes.getFirst(), "child", 1);
                    return TestNode.until(() -> done.getCount() == 0);
                }));
        TestNode node = node(app, new ProcessSettings(1, () -> Duration.ofSeconds(10), () -> true)).run();
        UUID parent = start(node, "parent", 1);
        node.reaches(parent, "completed");

        assertThat(node.get(parent).get("outputs")).isEqualTo(true);
        assertThat(Lane.of("schedule:0 0 * * *")).isEqualTo(Lane.SCHEDULED);
        assertThat(Lane.of("manual:ana")).isEqualTo(Lane.DEFAULT);
    }

    @Test
    void a_claim_among_many_sleepers_is_a_look_into_the_index() {
        TestNode node = node(new TestApp().process("free", _ -> busy("free")), ProcessSettings.DEFAULT);
        node.database.write(sql -> sql.execute("""
                insert into appos.process_ready (id, wake_at, lane, priority)
                select gen_random_uuid(), now() + interval '1 day', 0, n % 3 from generate_series(1, 60000) n"""));
        node.database.read(sql -> sql.execute("vacuum analyze appos.process_ready"));
        start(node, "free", 1);
        String plan = node.database.read(sql -> {
            sql.execute("set plan_cache_mode = force_generic_plan");
            String explained = String.join("\n", sql.fetch(
                    "explain (analyze, buffers) " + Ready.CLAIM, Ready.LANES, new Integer[] {64, 64, 64},
                    UUID.randomUUID()).getValues(0, String.class));
            sql.execute("reset plan_cache_mode");
            return explained;
        });

        assertThat(plan).contains("process_ready_due").doesNotContain("Seq Scan on process_ready");
        Matcher read = Pattern.compile("shared hit=(\\d+)").matcher(plan);
        assertThat(read.find()).isTrue();
        assertThat(Integer.parseInt(read.group(1))).as(plan).isLessThan(200);
    }
}
