package dev.appos.govern;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.govern.Approvals.Question;
import dev.appos.govern.Approvals.Task;
import dev.appos.govern.StoredApprovals.Asked;
import dev.appos.secure.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Who has a task. Each move is one statement that says what it moves from, so of two people one gets it.
///
/// A task is for its assignee, for the members of its group, and once it is escalated for those of another. Who claims
/// it has it until he gives it back or hands it on.
public final class Tasks {

    private Tasks() {}

    /// What makes a question a task.
    static void put(DSLContext sql, UUID id, Task task) {
        sql.execute(
                """
                update appos.approvals
                set assignee = coalesce(assignee, cast(? as text)), choices = cast(? as json),
                    form = cast(? as json), four_eyes = ?
                where id = ? and status = 'pending'
                """,
                task.assignee().orElse(null),
                task.choices().isEmpty() ? null : Json.write(task.choices()),
                task.form().orElse(null),
                task.fourEyes(),
                id);
    }

    static boolean remind(DSLContext sql, UUID id, int count) {
        return sql.execute(
                "update appos.approvals set reminders = ? where id = ? and status = 'pending' and reminders < ?",
                count, id, count) == 1;
    }

    static boolean escalate(DSLContext sql, UUID id, String group) {
        return sql.execute(
                """
                update appos.approvals set escalated_to = ?
                where id = ? and status = 'pending' and escalated_to is null
                """,
                group, id) == 1;
    }

    /// Takes the task, if nobody has it.
    ///
    /// @throws Refusal if somebody has it, or it is not for this user
    public static void claim(DSLContext sql, Asked asked, Principal principal) {
        Principal.User user = doer(asked, principal);
        String sentence = "update appos.approvals set claimed_by = ?"
                + " where id = ? and status = 'pending' and (claimed_by is null or claimed_by = ?)";
        if (sql.execute(sentence, user.name(), asked.id(), user.name()) == 0) {
            throw taken(asked);
        }
    }

    /// Gives the task back.
    ///
    /// @throws Refusal if the user does not have it
    public static void unclaim(DSLContext sql, Asked asked, Principal principal) {
        String sentence = "update appos.approvals set claimed_by = null"
                + " where id = ? and status = 'pending' and claimed_by is not null and (claimed_by = ? or ?)";
        if (sql.execute(sentence, asked.id(), principal.name(), administers(principal)) == 0) {
            throw Refusal.conflict("You do not have this task.", "Only who has it gives it back.");
        }
    }

    /// Hands the task to somebody for whom it is; where only one user was named, to anybody.
    ///
    /// @throws Refusal if the caller may not, or the task is not for the other
    public static void assign(DSLContext sql, Asked asked, Principal principal, Principal.User other) {
        if (!administers(principal)) {
            Principal.User user = doer(asked, principal);
            if (!state(asked).isFreeFor(user)) {
                throw taken(asked);
            }
        }
        Question question = asked.question();
        if (excluded(question, state(asked), other.name())) {
            throw Refusal.forbidden(
                    "Handing it to " + other.name(), "nobody does what he asked for himself", "Choose somebody else.");
        }
        if (question.group().isPresent() && !state(asked).isFor(other, question.group())) {
            throw Refusal.forbidden(
                    "Handing it to " + other.name(),
                    "he is no member of " + question.group().get(),
                    "Choose a member of the group.");
        }
        String sentence = "update appos.approvals set claimed_by = ?, assignee = case when group_name is null then ?"
                + " else assignee end where id = ? and status = 'pending'";
        if (sql.execute(sentence, other.name(), other.name(), asked.id()) == 0) {
            throw taken(asked);
        }
    }

    /// Whether this is who asked, and may not answer himself.
    static boolean excluded(Question question, TaskState task, String name) {
        return task.asked().fourEyes() && question.requestedBy().equals(name);
    }

    private static Principal.User doer(Asked asked, Principal principal) {
        TaskState task = state(asked);
        Optional<String> group = asked.question().group();
        if (principal instanceof Principal.User user && !excluded(asked.question(), task, user.name())
                && (task.isFor(user, group) || administers(user))) {
            return user;
        }
        throw Refusal.forbidden("This task", "it is not for you", "Leave it to " + group.orElse("its assignee") + ".");
    }

    private static boolean administers(Principal principal) {
        return principal instanceof Principal.User user && user.type() == Principal.Type.SYSTEM_ADMIN;
    }

    private static TaskState state(Asked asked) {
        return asked.task().orElseThrow(() -> Refusal.conflict(
                "Approval " + asked.id() + " is no task.", "Approve or reject it."));
    }

    private static Refusal taken(Asked asked) {
        String who = state(asked).claimedBy().map(name -> "is with " + name).orElse("was answered already");
        return Refusal.conflict("The task " + who + ".", "Ask for it, or look at it again.");
    }
}
