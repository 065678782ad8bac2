package dev.appos.process;

import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Rule1;
import dev.appos.store.TestPostgres;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How fast instances go through one node. Prints figures and asserts only that all of them end.
final class ThroughputTest {

    private static final int INSTANCES = 2_000;
    private static final int STEPS = 5;

    @Test
    void two_thousand_instances_of_five_steps_end() throws Exception {
        TestApp app = new TestApp()
                .rule("read", false, arguments -> arguments[0])
                .rule("note", true, arguments -> arguments[0])
                .process("reading", _ -> steps(TestApp.rule("read")))
                .process("writing", _ -> steps(TestApp.rule("note")));
        try (TestNode node = new TestNode(TestPostgres.settings(), app).run()) {
            figure(node, "reading");
            figure(node, "reading");
            figure(node, "writing");
            figure(node, "writing");
            assertThat(node.living()).isZero();
        }
    }

    private static Object steps(Rule1<Long, Long> rule) {
        for (int i = 0; i < STEPS; i++) {
            step("step", rule, i);
        }
        return null;
    }

    private static void figure(TestNode node, String process) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            callers.invokeAll(IntStream.range(0, INSTANCES)
                    .<Callable<Object>>mapToObj(_ -> () -> node.start(process))
                    .toList());
        }
        double started = (System.nanoTime() - start) / 1e9;
        assertThat(TestNode.until(() -> node.living() == 0)).isTrue();
        double ended = (System.nanoTime() - start) / 1e9;
        System.out.printf("FIGURE %s: %.0f starts/s, %.0f instances/s, %.0f steps/s (fsync off)%n",
                process, INSTANCES / started, INSTANCES / ended, INSTANCES * STEPS / ended);
    }
}
