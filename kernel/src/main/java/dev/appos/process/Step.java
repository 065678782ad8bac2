package dev.appos.process;

import dev.appos.api.StepOptions;
import dev.appos.base.Digest;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Typed;
import dev.appos.govern.Approvals.Answer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One step: answered from the journal, or done as one call through the door and written down.
///
/// The door keeps the answer under the step's key in the transaction of the work. So if the node dies before the
/// journal has the row, the step asked again on another node gets the answer and does not do the work again.
///
/// @param path    unique in the instance
/// @param options how often it is tried, and so on
/// @param asked   the work
record Step(Scope scope, String path, StepOptions options, Asked asked) {

    /// What is asked of a step.
    ///
    /// @param digest of it: another one at the same path is another step
    /// @param inputs for people, JSON
    /// @param call   without its key
    record Asked(String digest, Optional<String> inputs, Call call) {}

    /// The answer, the same each time; null if it failed and may be skipped.
    ///
    /// @throws StepFailed if it failed as often as it may
    @Nullable Object answer() {
        try {
            return done();
        } catch (StepFailed failed) {
            if (options.optional()) {
                return null;
            }
            throw failed;
        }
    }

    private @Nullable Object done() {
        Run run = scope.run();
        Optional<Entry> known = run.history().ask(scope.prefix(), path, asked.digest());
        while (known.isEmpty() || known.get().status() != Entry.Status.DONE) {
            int attempt = known.map(this::next).orElse(1);
            run.begin();
            known = Optional.of(run(attempt));
        }
        Object answer = run.read(known.get());
        return options.secret() ? run.open(path, answer) : answer;
    }

    /// Notes that a step does not run, as its condition is not met.
    static void skip(Scope scope, String path) {
        Run run = scope.run();
        String digest = Digest.sha256("skipped");
        if (run.history().ask(scope.prefix(), path, digest).isEmpty()) {
            run.begin();
            Entry begun = Entry.running(path, digest, 1, Entry.Content.NONE, run.now());
            run.write(begun.skipped(Typed.write(null)));
        }
    }

    /// Which attempt comes after what the journal has, once its time has come.
    private int next(Entry known) {
        Run run = scope.run();
        return switch (known.status()) {
            case DONE, SKIPPED, RUNNING, INTERRUPTED -> known.attempt();
            case FAILED -> {
                Instant again = retries().again(run.history(), known).orElseThrow(() -> failed(known));
                run.begin();
                run.await(again);
                yield known.attempt() + 1;
            }
            case WAITING -> {
                run.begin();
                consent(known);
                yield known.attempt();
            }
        };
    }

    private Retries retries() {
        return Retries.of(path, options, scope.retries());
    }

    private StepFailed failed(Entry entry) {
        return new StepFailed(path, entry.content().error().orElse("It failed."));
    }

    /// A policy held the step for a person: goes on once they agree.
    private void consent(Entry held) {
        Run run = scope.run();
        UUID question = held.approval().orElseThrow();
        Answer answer = run.awaited(() -> run.means().parts().database()
                .read(sql -> run.means().parts().approvals().answer(sql, question)));
        if (!answer.approved()) {
            Entry refused = held.failed(answer.by() + " did not approve it. " + answer.note(), run.now());
            run.write(refused);
            throw failed(refused);
        }
    }

    private Entry run(int number) {
        Call keyed = new Call(asked.call().ref(), asked.call().input(), Optional.of(scope.key(path)));
        return scope.run().perform(new Attempt(
                path, asked.digest(), number, asked.inputs(), keyed, retries().limit(), scope.variables()));
    }
}
