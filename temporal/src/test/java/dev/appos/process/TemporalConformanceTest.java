package dev.appos.process;

import dev.appos.temporal.TemporalEngine;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Temporal does what a process does on every engine: on its own in-memory server, which skips time. No body is kept in
/// memory, so that each step replays all that was before it.
final class TemporalConformanceTest extends ProcessConformance {

    private final Map<TestNode, TemporalEngine> engines = new HashMap<>();
    private TestWorkflowEnvironment temporal;

    @BeforeEach
    void begin() {
        temporal = TestWorkflowEnvironment.newInstance();
    }

    @AfterEach
    void end() {
        engines.values().forEach(TemporalEngine::close);
        temporal.close();
    }

    @Override
    void run(TestNode node) {
        ElsewhereSettings where = new ElsewhereSettings(
                "test", temporal.getNamespace(), "appos", false, Optional.empty(), Optional.of(new byte[32]), 50,
                () -> Duration.ofSeconds(1));
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(temporal.getWorkflowServiceStubs().getRawChannel())
                .setGrpcClientInterceptors(List.of(new NotSticky()))
                .build());
        TemporalEngine engine = new TemporalEngine(stubs, where, 0);
        engines.put(node, engine);
        node.runner.handTo(engine);
        node.run();
    }

    @Override
    void crash(TestNode node) {
        // What hangs is not reported.
        engines.get(node).close();
        node.crash();
    }

    @Override
    void pass(TestNode node, Duration length) {
        temporal.sleep(length);
    }
}
