package dev.appos.temporal;

import dev.appos.process.Elsewhere;
import dev.appos.process.ElsewhereSettings;
import dev.appos.process.Hosting;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.NullPayloadConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.NonDeterministicException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.DynamicWorkflow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Processes on a Temporal server: starts workflows, tells them of changes, and serves their steps.
public final class TemporalEngine implements Elsewhere {

    /// Bodies only go from step to step; but where a server is short of breath, more than a second is no deadlock.
    private static final long DEADLOCK_MS = 10_000;

    private static final int MOST_POLLERS = 10;
    private static final int INSTANCES_A_POLLER = 50;

    private static final Duration SWEEP = Duration.ofSeconds(5);

    /// A server that does not take up a body it knows, or does not come to its next wait, for so long is believed dead.
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final ElsewhereSettings settings;
    private final WorkerFactory workers;
    private Optional<Hosting> hosting = Optional.empty();
    private Optional<Thread> sweeper = Optional.empty();

    /// @param stubs the connection, closed with this
    /// @param kept  bodies that stay in memory between their steps; with none each step replays its body from the top
    public TemporalEngine(WorkflowServiceStubs stubs, ElsewhereSettings settings, int kept) {
        this.stubs = stubs;
        this.settings = settings;
        this.client = WorkflowClient.newInstance(stubs, WorkflowClientOptions.newBuilder()
                .setNamespace(settings.namespace())
                .setDataConverter(converter(settings.sealing()))
                .build());
        this.workers = WorkerFactory.newInstance(client, WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(kept)
                .build());
    }

    private static DataConverter converter(Optional<byte[]> key) {
        DataConverter plain = new DefaultDataConverter(new NullPayloadConverter(), new JsonText());
        return key.<DataConverter>map(bytes -> new CodecDataConverter(plain, List.of(new Sealing(bytes)), true))
                .orElse(plain);
    }

    @Override
    public synchronized void start(Hosting host) {
        hosting = Optional.of(host);
        Closures closures = new Closures();
        Worker worker = workers.newWorker(settings.queue(), WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setDefaultDeadlockDetectionTimeout(DEADLOCK_MS)
                .setStickyQueueScheduleToStartTimeout(SILENCE)
                .setMaxConcurrentWorkflowTaskPollers(pollers())
                .setMaxConcurrentActivityTaskPollers(pollers())
                .setMaxConcurrentActivityExecutionSize(settings.atOnce())
                .setMaxConcurrentLocalActivityExecutionSize(settings.atOnce())
                .setMaxConcurrentWorkflowTaskExecutionSize(settings.atOnce())
                .build());
        WorkflowImplementationOptions failing = WorkflowImplementationOptions.newBuilder()
                .setFailWorkflowExceptionTypes(NonDeterministicException.class)
                .build();
        worker.registerWorkflowImplementationFactory(
                DynamicWorkflow.class, _ -> new ProcessWorkflow(host, closures, this::strand), failing);
        worker.registerActivitiesImplementations(new StepActivity(host, closures));
        workers.start();
        sweeper = Optional.of(Thread.ofVirtual().name("process-sweep").start(() -> sweep(host)));
    }

    private int pollers() {
        return Math.clamp(settings.atOnce() / INSTANCES_A_POLLER, 2, MOST_POLLERS);
    }

    @Override
    public Optional<String> hand(UUID id, String process, String instance, boolean cancel) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(id.toString())
                .setTaskQueue(settings.queue())
                .setWorkflowTaskTimeout(SILENCE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .build();
        try {
            client.newUntypedWorkflowStub(process, options).start(instance);
            if (!cancel) {
                return Optional.empty();
            }
        } catch (WorkflowExecutionAlreadyStarted _) {
            // It is only told that something has changed.
        }
        try {
            stub(id).signal(WorkflowBody.LOOK, cancel);
            return Optional.empty();
        } catch (WorkflowNotFoundException _) {
            return over(id);
        }
    }

    private WorkflowStub stub(UUID id) {
        return client.newUntypedWorkflowStub(id.toString());
    }

    @Override
    public Optional<String> over(UUID id) {
        try {
            WorkflowExecutionStatus status = stub(id).describe().getStatus();
            return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                    ? Optional.empty()
                    : Optional.of("Its workflow in Temporal is over: " + why(id, status) + ".");
        } catch (WorkflowNotFoundException _) {
            return Optional.of("Temporal does not know its workflow any more.");
        }
    }

    private String why(UUID id, WorkflowExecutionStatus status) {
        String word = status.name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT);
        try {
            stub(id).getResult(1, TimeUnit.SECONDS, String.class);
            return word;
        } catch (Exception failure) {
            return word + ", " + (failure.getCause() == null ? failure : failure.getCause()).getMessage();
        }
    }

    /// An instance that took another way than its history is over, here and there.
    private void strand(UUID id, String message) {
        Thread.ofVirtual().name("process-strand").start(() -> {
            try {
                hosting.orElseThrow().fail(id, message);
                stub(id).terminate(message);
            } catch (WorkflowNotFoundException _) {
                // Another task of it was faster.
            } catch (RuntimeException failure) {
                hosting.orElseThrow().fault(failure);
            }
        });
    }

    private void sweep(Hosting host) {
        Optional<UUID> after = Optional.empty();
        while (true) {
            try {
                Thread.sleep(SWEEP);
                after = host.sweep(after, this::over);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException failure) {
                host.fault(failure);
            }
        }
    }

    @Override
    public String look() {
        stubs.healthCheck();
        return "Temporal at " + settings.target() + " answers";
    }

    @Override
    public synchronized void close() {
        sweeper.ifPresent(Thread::interrupt);
        long wait = settings.closeWait().get().toMillis();
        workers.shutdown();
        workers.awaitTermination(wait, TimeUnit.MILLISECONDS);
        workers.shutdownNow();
        stubs.shutdown();
    }
}
