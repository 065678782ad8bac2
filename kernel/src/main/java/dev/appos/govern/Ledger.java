package dev.appos.govern;

import dev.appos.secure.Principal;
import java.util.UUID;

/// What agents may spend. Reserve, then settle: a check before and an addition after would let two calls through on the
/// budget of one.
public interface Ledger {

    /// A part of a budget set aside for one call; [#NONE] where there is no budget.
    record Reservation(UUID budget, long amount) {

        public static final Reservation NONE = new Reservation(new UUID(0, 0), 0);
    }

    /// Sets aside what a call with so many characters of input will cost.
    ///
    /// @throws dev.appos.base.Refusal with the time of the next period when less than that is left
    Reservation reserve(Principal.Agent agent, long characters);

    /// Charges what the call cost in the end, given the characters of its answer.
    void settle(Reservation reservation, long characters);

    /// Gives back what was set aside for a call that did nothing.
    void release(Reservation reservation);
}
