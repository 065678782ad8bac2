package dev.appos.process;

import dev.appos.api.Completed;
import dev.appos.api.Task;
import dev.appos.base.Digest;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Form;
import dev.appos.govern.Approvals;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A piece of work for a person: put once, waited for without a thread.
///
/// The instance itself is the clock of its task: it is woken when the next reminder or the escalation is due. Both are
/// statements that do something once, however often they are made.
///
/// @param choices what can be chosen; none where a form is filled in
record HumanTask(Scope scope, String path, Task task, List<String> choices, Class<?> type) {

    /// Whoever did nothing then does nothing now.
    static final int REMINDERS_MOST = 100;

    private static final Duration REMIND_LEAST = Duration.ofMillis(100);

    HumanTask {
        choices = List.copyOf(choices);
        if (task.group().isEmpty() && task.assignee().isEmpty()) {
            throw new BodyFault("Nobody may do the task \"" + task.name() + "\"; say .group(…) or .assignee(…).");
        }
        if (task.remind().filter(every -> every.compareTo(REMIND_LEAST) < 0).isPresent()) {
            throw new BodyFault("The task \"" + task.name() + "\" reminds too often.");
        }
    }

    /// What the person answered.
    ///
    /// @throws Unwind.Park until they do
    Completed<?> answer() {
        Run run = scope.run();
        Optional<Form> form = form();
        Map<String, @Nullable Object> described = described(form);
        String digest = Digest.sha256("task" + Json.write(described));
        Entry entry = run.history().ask(scope.prefix(), path, digest)
                .orElseGet(() -> ask(digest, described, form));
        if (entry.status() == Entry.Status.DONE) {
            return (Completed<?>) run.read(entry);
        }
        run.begin();
        ProcessParts parts = run.means().parts();
        UUID id = entry.approval().orElseThrow();
        Optional<Approvals.Answer> said =
                run.persist(() -> parts.database().read(sql -> parts.approvals().answer(sql, id)));
        if (said.isEmpty()) {
            throw new Unwind.Park(timers(id, entry.times().started()));
        }
        Entry done = run.answered(entry, new Completed<>(value(said.get(), form), said.get().by(), said.get().note()));
        run.write(done);
        return (Completed<?>) run.read(done);
    }

    private Optional<Form> form() {
        if (!choices.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Form.of(type));
        } catch (IllegalArgumentException cannot) {
            throw new BodyFault("The task \"" + task.name() + "\": " + cannot.getMessage());
        }
    }

    private Object value(Approvals.Answer said, Optional<Form> form) {
        Map<String, Object> value = Json.object(Json.read(said.value().orElseThrow()), "the answer");
        if (form.isEmpty()) {
            return value.get(Form.VALUE);
        }
        try {
            return form.get().read("The answer to " + path, value);
        } catch (Refusal changed) {
            // It was right when it was given: the type is another now.
            throw new BodyFault(String.valueOf(changed.getMessage()));
        }
    }

    private Map<String, @Nullable Object> described(Optional<Form> form) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("title", task.title());
        task.assignee().ifPresent(user -> described.put("assignee", user));
        task.group().ifPresent(members -> described.put("group", members));
        form.ifPresentOrElse(
                asked -> described.put("form", asked.described()), () -> described.put("choices", choices));
        described.put("four_eyes", task.requesterExcluded());
        return described;
    }

    /// Puts the task and writes down that it was put, in one transaction.
    private Entry ask(String digest, Map<String, @Nullable Object> described, Optional<Form> form) {
        Run run = scope.run();
        run.begin();
        Instance instance = run.instance();
        ProcessParts parts = run.means().parts();
        Instant now = run.now();
        Approvals.Question question = new Approvals.Question(
                Approvals.Kind.TASK,
                task.title(),
                instance.starter().name(),
                instance.process().toString(),
                Digest.sha256(scope.key(path) + " " + digest),
                Map.of("instance_id", instance.id().toString(), "process", instance.displayName(), "step", path),
                Optional.empty(),
                task.group(),
                task.due().map(now::plus));
        Approvals.Task asks = new Approvals.Task(
                task.assignee(), choices, form.map(each -> Json.write(each.described())), task.requesterExcluded());
        Entry.Content content = new Entry.Content(
                Optional.of(Json.write(described)), Optional.empty(), Optional.empty(), Optional.empty());
        Entry begun = Entry.running(path, digest, 1, content, now);
        return run.kept(run.persist(() -> parts.database().write(sql -> {
            Entry asked = begun.waitingFor(parts.approvals().assign(sql, question, asks));
            return new Written(asked, run.means().journal().put(sql, instance, asked));
        })));
    }

    /// Does what is due, and answers when to look again.
    private Instant timers(UUID id, Instant put) {
        Run run = scope.run();
        ProcessParts parts = run.means().parts();
        Instant now = run.now();
        Instant next = Instant.MAX;
        if (task.escalation().isPresent()) {
            Instant at = put.plus(task.escalation().get().after());
            String members = task.escalation().get().group();
            if (at.isAfter(now)) {
                next = at;
            } else if (once(() -> parts.database().write(sql -> parts.approvals().escalate(sql, id, members)))) {
                ProcessLog.task(run, path, "task_escalated", members);
            }
        }
        if (task.remind().isPresent()) {
            Duration every = task.remind().get();
            int count = (int) Math.min(REMINDERS_MOST, Duration.between(put, now).dividedBy(every));
            if (count > 0 && once(() -> parts.database().write(sql -> parts.approvals().remind(sql, id, count)))) {
                ProcessLog.task(run, path, "task_reminded", task.group().or(task::assignee).orElseThrow());
            }
            Instant at = put.plus(every.multipliedBy(count + 1L));
            next = count < REMINDERS_MOST && at.isBefore(next) ? at : next;
        }
        return next;
    }

    private boolean once(Supplier<Boolean> work) {
        return scope.run().persist(work);
    }
}
