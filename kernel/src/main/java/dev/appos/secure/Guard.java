package dev.appos.secure;

import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.registry.Snapshot;

/// Decides whether a principal holds a permission on an object.
public interface Guard {

    /// Answers from memory; a change of a grant, membership or account is seen by the very next call.
    ///
    /// @param snapshot the apps as the call sees them, for their groups and defaults
    Decision decide(Principal principal, Snapshot snapshot, Definition definition, Permission permission);

    /// Whose rows and fields the principal may see: decided as freshly as a permission.
    default Standing standing(Principal principal) {
        return Standing.of(principal);
    }
}
