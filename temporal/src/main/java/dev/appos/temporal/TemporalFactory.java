package dev.appos.temporal;

import dev.appos.base.Refusal;
import dev.appos.process.Elsewhere;
import dev.appos.process.ElsewhereSettings;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;

/// Connects to the Temporal server that the settings name.
public final class TemporalFactory implements ElsewhereSettings.Factory {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public Elsewhere connect(ElsewhereSettings settings) {
        WorkflowServiceStubsOptions.Builder options = WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.target())
                .setEnableHttps(settings.tls());
        settings.apiKey().ifPresent(key -> options.addApiKey(() -> key));
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options.build());
        try {
            stubs.connect(PATIENCE);
            stubs.blockingStub().describeNamespace(
                    DescribeNamespaceRequest.newBuilder().setNamespace(settings.namespace()).build());
        } catch (RuntimeException failure) {
            stubs.shutdownNow();
            throw Refusal.unavailable(
                    "Temporal at " + settings.target() + " does not answer for the namespace "
                            + settings.namespace() + ": " + failure.getMessage(),
                    "Start it, or mend process.temporal.target, namespace, tls and api_key; without process.engine the"
                            + " platform's own engine runs processes.");
        }
        return new TemporalEngine(stubs, settings, settings.atOnce() * 2);
    }
}
