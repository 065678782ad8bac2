package dev.appos.temporal;

import dev.appos.process.HostedBody;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.internal.sync.DestroyWorkflowThreadError;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.DynamicSignalHandler;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The body of one process as a workflow: steps are activities, waits are timers and signals.
final class WorkflowBody implements HostedBody {

    static final String LOOK = "look";

    /// What fails here is the server and not the step: it is tried until it can be done.
    private static final RetryOptions FOR_EVER = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(500))
            .setMaximumInterval(Duration.ofSeconds(20))
            .build();

    private static final LocalActivityOptions HERE = LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofHours(1))
            .setRetryOptions(FOR_EVER)
            .setDoNotIncludeArgumentsIntoMarker(true)
            .build();

    private static final Duration LONGEST_STEP = Duration.ofDays(30);

    private final Closures closures;
    private final Consumer<String> stranded;
    private final CancellationScope outside;

    /// @param stranded is told that the body took another way than its history
    /// @param outside  where an end that is wanted in Temporal itself is heard
    WorkflowBody(Closures closures, Consumer<String> stranded, CancellationScope outside) {
        this.closures = closures;
        this.stranded = stranded;
        this.outside = outside;
    }

    @Override
    public boolean inside() {
        return WorkflowUnsafe.isWorkflowThread();
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    @Override
    public String once(Supplier<String> work) {
        String name = closures.keep(work);
        try {
            return Workflow.newUntypedLocalActivityStub(HERE).execute("once", String.class, name);
        } finally {
            closures.forget(name);
        }
    }

    @Override
    public String remote(String name, String task) {
        ActivityOptions options = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(LONGEST_STEP)
                .setHeartbeatTimeout(StepActivity.SILENCE)
                .setRetryOptions(FOR_EVER)
                .setSummary("\"" + name.replace("\\", "").replace("\"", "") + "\"")
                .build();
        return Workflow.newUntypedActivityStub(options).execute("step", String.class, task);
    }

    @Override
    public Runnable fork(Runnable branch) {
        Promise<Void> running = Async.procedure(branch::run);
        return running::get;
    }

    @Override
    public void await(Optional<Duration> longest, BooleanSupplier come) {
        if (longest.isPresent()) {
            Workflow.await(longest.get(), come::getAsBoolean);
        } else {
            Workflow.await(come::getAsBoolean);
        }
    }

    @Override
    public void listen(Consumer<Boolean> looked) {
        Workflow.registerListener((DynamicSignalHandler)
                (_, arguments) -> looked.accept(arguments.get(0, Boolean.class)));
        outside.getCancellationRequest().thenApply(reason -> {
            looked.accept(true);
            return reason;
        });
    }

    @Override
    public boolean own(Throwable thrown) {
        return thrown instanceof DestroyWorkflowThreadError || thrown instanceof Diverged;
    }

    @Override
    public Error diverged(String message) {
        stranded.accept(message);
        return new Diverged(message);
    }

    /// Fails the task of the workflow, which changes nothing in its history.
    private static final class Diverged extends Error {

        private static final long serialVersionUID = 1;

        Diverged(String message) {
            super(message);
        }
    }
}
