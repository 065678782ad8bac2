package dev.appos.secure;

import java.util.Set;

/// Whose rows and fields a call may see.
///
/// @param user       the account the call is made for; of an agent, the account it acts for
/// @param groups     the active groups of that account by now
/// @param everything whether no row and no field is hidden from it: a system administrator, or the platform itself
public record Standing(String user, Set<String> groups, boolean everything) {

    public Standing {
        groups = Set.copyOf(groups);
    }

    /// As the principal was when it was let in.
    static Standing of(Principal principal) {
        return switch (principal) {
            case Principal.Platform platform -> new Standing(platform.name(), Set.of(), true);
            case Principal.User user ->
                new Standing(user.name(), user.groups(), user.type() == Principal.Type.SYSTEM_ADMIN);
            case Principal.Agent agent -> of(agent.actsFor());
        };
    }
}
