package dev.appos.dispatch;

import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.registry.Snapshot;

/// What serves objects of one kind.
public interface Engine {

    /// Checks the input against the definition and makes the work ready. Touches no database and changes nothing.
    ///
    /// @throws dev.appos.base.Refusal naming every fault of the input
    Operation prepare(Snapshot snapshot, Definition definition, Input input);
}
