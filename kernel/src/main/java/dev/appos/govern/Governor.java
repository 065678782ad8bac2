package dev.appos.govern;

import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.secure.Principal;

/// Judges the calls of agents.
public interface Governor {

    /// What the agent's skills and policies say. An unknown or unreadable policy denies.
    ///
    /// @param nested whether an object called this one: the skills name entrances only, policies judge every call
    Verdict judge(Principal.Agent agent, Ref ref, Input input, boolean nested);
}
