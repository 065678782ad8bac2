package dev.appos.dispatch;

import dev.appos.object.Definition;
import dev.appos.object.Input;

/// What serves objects of one kind.
public interface Engine {

    /// Checks the input against the definition and makes the work ready. Touches no database and changes nothing.
    ///
    /// @param visible the apps as the caller sees them; what does not exist there is not to be told apart from nothing
    /// @throws dev.appos.base.Refusal naming every fault of the input
    Operation prepare(Visibility visible, Definition definition, Input input);
}
