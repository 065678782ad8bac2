package dev.appos.process;

import dev.appos.api.Approval;
import dev.appos.base.Digest;
import dev.appos.base.Json;
import dev.appos.govern.Approvals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A question to a person: put once, waited for without a thread.
///
/// @param group whose members may answer
record Question(Scope scope, String path, String group, String title) {

    /// What the person said.
    ///
    /// @throws Unwind.Park until they do
    Approval answer() {
        Run run = scope.run();
        String digest = Digest.sha256(Json.write(List.of(group, title)));
        Entry entry = run.history().ask(scope.prefix(), path, digest).orElseGet(() -> ask(digest));
        if (entry.status() == Entry.Status.DONE) {
            return (Approval) run.read(entry);
        }
        run.begin();
        ProcessParts parts = run.means().parts();
        UUID question = entry.approval().orElseThrow();
        Approvals.Answer said =
                run.awaited(() -> parts.database().read(sql -> parts.approvals().answer(sql, question)));
        Entry done = run.answered(entry, new Approval(said.approved(), said.by(), said.note()));
        run.write(done);
        return (Approval) run.read(done);
    }

    /// Puts the question and writes down that it was put, in one transaction.
    private Entry ask(String digest) {
        Run run = scope.run();
        run.begin();
        Instance instance = run.instance();
        ProcessParts parts = run.means().parts();
        Map<String, Object> about = Map.of(
                "instance_id", instance.id().toString(), "process", instance.displayName(), "step", path);
        Approvals.Question question = new Approvals.Question(
                Approvals.Kind.PROCESS,
                title,
                instance.starter().name(),
                instance.process().toString(),
                Digest.sha256(scope.key(path) + " " + digest),
                about,
                Optional.empty(),
                Optional.of(group),
                Optional.empty());
        String inputs = Json.write(Map.of("group", group, "title", title));
        Entry.Content content =
                new Entry.Content(Optional.of(inputs), Optional.empty(), Optional.empty(), Optional.empty());
        Entry begun = Entry.running(path, digest, 1, content, run.now());
        return run.kept(run.persist(path, () -> parts.database().write(sql -> {
            Entry asked = begun.waitingFor(parts.approvals().ask(sql, question));
            return new Written(asked, run.means().journal().put(sql, instance, asked));
        })));
    }
}
