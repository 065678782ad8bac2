package dev.appos.process;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

/// Lets each task of a workflow go to any worker. The in-memory server, other than a real one, waits for ever for the
/// worker that had the last.
final class NotSticky implements ClientInterceptor {

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            @SuppressWarnings("unchecked") // it is of the same type
            public void sendMessage(Q message) {
                super.sendMessage(message instanceof RespondWorkflowTaskCompletedRequest done
                        ? (Q) done.toBuilder().clearStickyAttributes().build()
                        : message);
            }
        };
    }
}
