package dev.appos.govern;

import dev.appos.secure.Principal;
import java.util.Optional;

/// What became of a task so far.
///
/// @param asked       as the process put it; its assignee may have changed since
/// @param claimedBy   who has it: nobody else answers then
/// @param escalatedTo whose members may do it too
/// @param reminders   how often people were reminded
/// @param answer      what was chosen or filled in, as a JSON object
public record TaskState(
        Approvals.Task asked,
        Optional<String> claimedBy,
        Optional<String> escalatedTo,
        int reminders,
        Optional<String> answer) {

    /// Whether this is one of those the task is for, as he stands now.
    boolean isFor(Principal.User user, Optional<String> group) {
        return asked.assignee().filter(user.name()::equals).isPresent()
                || group.filter(user.groups()::contains).isPresent()
                || escalatedTo.filter(user.groups()::contains).isPresent();
    }

    /// Whether nobody else has it.
    boolean isFreeFor(Principal.User user) {
        return claimedBy.isEmpty() || claimedBy.get().equals(user.name());
    }
}
