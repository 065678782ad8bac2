package dev.appos.process;

import dev.appos.api.StepOptions;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.dispatch.Typed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Another process that is started and waited for: two rows of the journal, the start as a step of its own and the
/// wait.
///
/// The start is a call under the key of its path, so there is one child however often the parent crashes. A child that
/// ends says so in the transaction of its end.
///
/// @param start the call that starts it
record Child(Scope scope, String path, Step.Asked start) {

    /// What the child answered.
    ///
    /// @throws StepFailed if it failed or was cancelled, as often as it may
    /// @throws Unwind.Park until it has ended
    @Nullable Object answer() {
        Run run = scope.run();
        // After a crash between the two rows, the start is there and the wait is not.
        run.history().apart(path + "/");
        Optional<Entry> known = run.history().ask(scope.prefix(), path, start.digest());
        while (known.isEmpty() || known.get().status() != Entry.Status.DONE) {
            int attempt = known.map(this::next).orElse(1);
            known = Optional.of(end(known, attempt));
        }
        return run.read(known.get());
    }

    private int next(Entry known) {
        if (known.status() != Entry.Status.FAILED) {
            return known.attempt();
        }
        Run run = scope.run();
        run.await(scope.retries().again(run.history(), known).orElseThrow(() ->
                new StepFailed(path, known.content().error().orElse("It failed."))));
        return known.attempt() + 1;
    }

    private Entry end(Optional<Entry> known, int attempt) {
        Run run = scope.run();
        String startPath = path + "/start" + (attempt == 1 ? "" : " " + attempt);
        UUID id = (UUID) new Step(scope, startPath, StepOptions.of("start"), start).answer();
        run.begin();
        boolean waiting = known.isPresent() && known.get().attempt() == attempt;
        Instant since = waiting ? known.get().times().started() : run.now();
        Entry begun = new Entry(
                path, start.digest(), Entry.Status.WAITING, attempt, content(id), Entry.Times.since(since),
                Optional.empty());
        Optional<Children.Ended> ended = run.persist(() ->
                run.means().parts().database().read(sql -> Children.ended(sql, id)));
        if (ended.isEmpty()) {
            if (!waiting) {
                run.write(begun);
            }
            throw new Unwind.Park(Instant.MAX);
        }
        Entry entry = closed(begun, id, ended.get());
        run.write(entry);
        return entry;
    }

    private Entry closed(Entry begun, UUID id, Children.Ended ended) {
        Run run = scope.run();
        return switch (ended.status()) {
            case "completed" -> run.answered(
                    begun, Typed.read(ended.answer().orElse("null"), run.version().classes()));
            case "cancelled" -> begun.failed(start.call().ref() + " (" + id + ") was cancelled.", run.now());
            default -> begun.failed(
                    start.call().ref() + " (" + id + ") failed: " + ended.error().orElse("It failed."), run.now());
        };
    }

    private Entry.Content content(UUID id) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("process", start.call().ref().toString());
        shown.put("instance_id", id.toString());
        return new Entry.Content(
                Optional.of(Json.write(shown)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The name of the step: that of the process.
    static String name(Ref process) {
        return process.name().replace('_', ' ');
    }
}
