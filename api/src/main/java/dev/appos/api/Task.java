package dev.appos.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A piece of work for a person: `task("check credit", "Check " + name).group("crm_managers").choices("yes", "no")`. It
/// is put, and waited for, by [#choices] or [#form].
///
/// @param name       of the step
/// @param title      one sentence for whoever does it
/// @param assignee   the user it is meant for
/// @param group      whose members may take it
/// @param due        by when it should be done, from when it is put; later it is overdue and can still be done
/// @param remind     how often its doers are reminded
/// @param escalation who else may take it, when it was not done for so long
/// @param requesterExcluded whether the one for whom the process runs may not do it himself
public record Task(
        String name,
        String title,
        Optional<String> assignee,
        Optional<String> group,
        Optional<Duration> due,
        Optional<Duration> remind,
        Optional<Escalation> escalation,
        boolean requesterExcluded) {

    /// Who else may take a task, so long after it was put.
    public record Escalation(Duration after, String group) {}

    static Task of(String name, String title) {
        return new Task(
                name, title, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                false);
    }

    /// Meant for one user, by name.
    public Task assignee(String user) {
        return new Task(name, title, Optional.of(user), group, due, remind, escalation, requesterExcluded);
    }

    /// For the members of a group; the first to claim it has it.
    public Task group(String members) {
        return new Task(name, title, assignee, Optional.of(members), due, remind, escalation, requesterExcluded);
    }

    /// By when it should be done: `"3 days"` from when it is put.
    public Task due(String time) {
        return new Task(
                name, title, assignee, group, Optional.of(Durations.parse(time)), remind, escalation,
                requesterExcluded);
    }

    /// How often to remind: `"1 day"`.
    public Task remind(String every) {
        return new Task(
                name, title, assignee, group, due, Optional.of(Durations.parse(every)), escalation, requesterExcluded);
    }

    /// Lets the members of another group take it too, when it was not done for so long.
    public Task escalate(String after, String members) {
        Escalation to = new Escalation(Durations.parse(after), members);
        return new Task(name, title, assignee, group, due, remind, Optional.of(to), requesterExcluded);
    }

    /// Not to be done by the one for whom the process runs.
    public Task fourEyes() {
        return new Task(name, title, assignee, group, due, remind, escalation, true);
    }

    /// Puts the task and waits until somebody chooses one of these.
    @SuppressWarnings("unchecked") // what is chosen is one of them
    public Completed<String> choices(String... choices) {
        return (Completed<String>) Flow.current().task(this, List.of(choices), String.class);
    }

    /// Puts the task and waits until somebody fills this in: a record of the app.
    @SuppressWarnings("unchecked") // what is filled in is of this type
    public <T> Completed<T> form(Class<T> type) {
        return (Completed<T>) Flow.current().task(this, List.of(), type);
    }
}
