package dev.appos.process;

import java.util.Optional;

/// Hands instances to another engine: the row of an instance that is ready is the outbox, and whatever wakes it is told
/// there.
///
/// What has begun on this engine stays: it is not converted.
record Relay(Means means, Elsewhere elsewhere) {

    /// Whether an instance is for the other engine.
    boolean takes(Instance instance) {
        return instance.claim().elsewhere() || instance.journal().isEmpty() && !instance.over();
    }

    void hand(Instance instance) {
        // Before the engine knows of it, because its first step may be written before it has answered.
        means.handover().mark(instance);
        Optional<String> over = elsewhere.hand(
                instance.id(), instance.process().toString(), Handed.write(instance), instance.claim().cancel());
        over.ifPresent(why -> new Hosting(means).fail(instance.id(), why));
        means.handover().park(instance);
    }
}
