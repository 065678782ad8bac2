package dev.appos.process;

import dev.appos.base.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An instance as a node takes it from the table.
///
/// @param codeHash  of the code that began it
/// @param over      whether its own body has ended, so that only what it did not wait for is left
/// @param arguments typed JSON, in the order of the body's parameters
/// @param variables JSON, as last seen
record Instance(
        UUID id,
        Ref process,
        String codeHash,
        boolean over,
        String displayName,
        Starter starter,
        String arguments,
        String variables,
        Claim claim,
        List<Entry> journal) {

    /// Who started it, when, and under which execution id.
    ///
    /// @param kept a [Starting] as JSON; none for instances of an earlier release
    record Starter(String name, String executionId, Instant at, Optional<String> kept) {}

    /// This node's hold on it.
    ///
    /// @param owner     the node
    /// @param epoch     counts the holds; an older one may not write any more
    /// @param cancel    whether somebody asked for its end
    /// @param takeovers how often a node died over it without getting anything done
    /// @param lane      whose room it takes
    /// @param deadline  when it must be over
    /// @param skew      how far the clock of the database is ahead of this node's
    /// @param elsewhere whether another engine runs its body
    record Claim(
            UUID owner, long epoch, boolean cancel, int takeovers, Lane lane, Optional<Instant> deadline,
            Duration skew, boolean elsewhere) {

        /// Stands for the node where the other engine sees to it that only one run of an instance writes.
        static final UUID ELSEWHERE = new UUID(0, 0);
    }
}
