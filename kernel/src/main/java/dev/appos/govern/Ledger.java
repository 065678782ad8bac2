package dev.appos.govern;

import dev.appos.secure.Principal;
import java.time.Instant;
import java.util.UUID;

/// What agents may spend. Reserve, then settle: a check before and an addition after would let two calls through on the
/// budget of one.
public interface Ledger {

    /// A part of a budget set aside for one call; [#NONE] where there is no budget.
    ///
    /// @param amount     in the smallest part of the budget's unit
    /// @param characters of the call's input
    /// @param window     the beginning of the period it is taken from
    /// @param until      when it is charged in full, because whoever took it has not come back
    record Reservation(UUID budget, long amount, long characters, Instant window, Instant until) {

        public static final Reservation NONE = new Reservation(new UUID(0, 0), 0, 0, Instant.EPOCH, Instant.EPOCH);
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
