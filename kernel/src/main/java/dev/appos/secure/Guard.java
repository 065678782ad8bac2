package dev.appos.secure;

import dev.appos.api.Ctx;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.registry.Snapshot;

/// Decides whether a principal holds a permission on an object.
public interface Guard {

    /// Answers from memory; a change of a grant, membership or account is seen by the very next call.
    ///
    /// @param snapshot the apps as the call sees them, for their groups and defaults
    Decision decide(Principal principal, Snapshot snapshot, Definition definition, Permission permission);

    /// The account whose permissions count, as app code may see it, with the groups that decide at this moment.
    default Ctx.User account(Principal principal) {
        return Accounts.of(principal);
    }
}
