package dev.appos.temporal;

import dev.appos.process.Hosting;
import io.temporal.common.converter.EncodedValues;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Every process is this workflow; which one it is, the instance says that it is given.
final class ProcessWorkflow implements DynamicWorkflow {

    private final Hosting hosting;
    private final Closures closures;
    private final BiConsumer<UUID, String> stranded;

    /// @param stranded is told which instance took another way than its history, and how
    ProcessWorkflow(Hosting hosting, Closures closures, BiConsumer<UUID, String> stranded) {
        this.hosting = hosting;
        this.closures = closures;
        this.stranded = stranded;
    }

    @Override
    public @Nullable Object execute(EncodedValues arguments) {
        String instance = arguments.get(0, String.class);
        UUID id = UUID.fromString(Workflow.getInfo().getWorkflowId());
        WorkflowBody body =
                new WorkflowBody(closures, message -> stranded.accept(id, message), CancellationScope.current());
        // An end that is wanted in Temporal is heard at the next step, as everywhere; it tears nothing apart.
        Workflow.newDetachedCancellationScope(() -> hosting.follow(instance, body)).run();
        return null;
    }
}
