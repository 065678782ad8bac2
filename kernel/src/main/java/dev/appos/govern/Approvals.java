package dev.appos.govern;

import dev.appos.object.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Questions to people, and their answers. An approval is for one requester and one digest, and is used once.
public interface Approvals {

    /// Who waits for the answer.
    enum Kind {
        PROCESS,
        AGENT,
        /// A process that waits for a piece of work.
        TASK
    }

    /// What a person is asked.
    ///
    /// @param title       one sentence, shown in the inbox
    /// @param requestedBy the principal that waits
    /// @param objectRef   the object it is about
    /// @param digest      of exactly what would be done; another argument is another question
    /// @param arguments   what would be done, for people to read
    /// @param because     the rule that asks: policy, version and rule for agents; nothing for processes
    /// @param group       whose members may answer
    /// @param needs       the permission on the object that whoever answers must hold, where no group is named
    /// @param due         until when an answer counts; where nothing is said, agents wait for a day and processes for
    ///                    ever
    record Question(
            Kind kind,
            String title,
            String requestedBy,
            String objectRef,
            String digest,
            Map<String, Object> arguments,
            Optional<Verdict> because,
            Optional<String> group,
            Optional<Permission> needs,
            Optional<Instant> due) {

        /// A question to the members of a group.
        public Question(
                Kind kind,
                String title,
                String requestedBy,
                String objectRef,
                String digest,
                Map<String, Object> arguments,
                Optional<Verdict> because,
                Optional<String> group,
                Optional<Instant> due) {
            this(kind, title, requestedBy, objectRef, digest, arguments, because, group, Optional.empty(), due);
        }
    }

    /// What a person said.
    ///
    /// @param value what was chosen or filled in, as a JSON object; only of tasks
    record Answer(boolean approved, String by, String note, Optional<String> value) {

        public Answer(boolean approved, String by, String note) {
            this(approved, by, note, Optional.empty());
        }
    }

    /// What more is said of a question that is a task.
    ///
    /// @param assignee the user it is meant for
    /// @param choices  what can be chosen; none where a form is filled in
    /// @param form     what is filled in, as JSON
    /// @param fourEyes whether the one who asks may not answer
    record Task(Optional<String> assignee, List<String> choices, Optional<String> form, boolean fourEyes) {

        public Task {
            choices = List.copyOf(choices);
        }
    }

    /// Puts a question that is a task, once for its requester and digest.
    default UUID assign(DSLContext sql, Question question, Task task) {
        throw new UnsupportedOperationException("there are no tasks here");
    }

    /// Notes that people were reminded of a task so often; answers whether that is news.
    default boolean remind(DSLContext sql, UUID id, int count) {
        return false;
    }

    /// Lets the members of another group do a task too; answers whether that is news.
    default boolean escalate(DSLContext sql, UUID id, String group) {
        return false;
    }

    /// Puts a question; the same question of the same requester that is still open is not put twice, and from then on
    /// it is what asks now that an answer is for.
    UUID ask(DSLContext sql, Question question);

    /// Uses up an approval that was given for exactly this; of two that try, one gets it.
    ///
    /// @param asks what asks for it now: an approval given when another version of the policy asked does not count
    Optional<UUID> claim(DSLContext sql, String requestedBy, String digest, Verdict asks);

    /// Takes a question back that nobody waits for any more; one that was answered stays.
    void withdraw(DSLContext sql, UUID id);

    /// The answer to a question, if there is one by now.
    Optional<Answer> answer(DSLContext sql, UUID id);
}
