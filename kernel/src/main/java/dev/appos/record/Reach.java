package dev.appos.record;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Permit;
import dev.appos.object.Permission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A name that leads through references to other records. What is wrong behind a reference is said only to those who
/// may see where it leads; for all others the name is unknown.
///
/// @param hops  the records on the way
/// @param fault what is wrong at the end, if anything
record Reach(List<Hop> hops, Optional<Fault> fault) {

    /// A record on the way, and what one hears who may not see it.
    record Hop(Ref target, Fault hidden) {}

    /// Refuses what the caller may not see and what is wrong with the rest. Only now is it known who asks.
    ///
    /// @throws Refusal naming every such name
    static void check(Permit permit, List<Reach> reaches) {
        if (reaches.isEmpty()) {
            return;
        }
        // What is hidden is said once, however much is asked of it: the number of faults would tell, too.
        Set<Fault> faults = new LinkedHashSet<>();
        reaches.forEach(reach -> reach.check(permit).ifPresent(faults::add));
        if (!faults.isEmpty()) {
            throw Refusal.invalid(Faults.QUERY, List.copyOf(faults));
        }
    }

    private Optional<Fault> check(Permit permit) {
        for (Hop hop : hops) {
            if (!permit.allows(hop.target(), Permission.VIEW)) {
                return Optional.of(hop.hidden());
            }
        }
        return fault;
    }
}
