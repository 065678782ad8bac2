package dev.appos.process;

import dev.appos.dispatch.Call;
import dev.appos.govern.Approvals.Answer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One step: answered from the journal, or done as one call through the door and written down.
///
/// The door keeps the answer under the step's key in the transaction of the work. So if the node dies before the
/// journal has the row, the step asked again on another node gets the answer and does not do the work again.
///
/// @param digest of what it is asked
/// @param inputs for people, JSON
/// @param call   the work, without its key
record Step(Scope scope, String path, String digest, Optional<String> inputs, Call call) {

    /// The answer, the same each time.
    ///
    /// @throws StepFailed if it failed as often as it may
    @Nullable Object answer() {
        Run run = scope.run();
        Optional<Entry> known = run.history().ask(scope.prefix(), path, digest);
        while (known.isEmpty() || known.get().status() != Entry.Status.DONE) {
            int attempt = known.map(this::next).orElse(1);
            run.begin();
            known = Optional.of(run(attempt));
        }
        return run.read(known.get());
    }

    /// Which attempt comes after what the journal has, once its time has come.
    private int next(Entry known) {
        Run run = scope.run();
        return switch (known.status()) {
            case DONE, RUNNING -> known.attempt();
            case FAILED -> {
                run.await(scope.retries().again(run.history(), known).orElseThrow(() -> failed(known)));
                yield known.attempt() + 1;
            }
            case WAITING -> {
                consent(known);
                yield known.attempt();
            }
        };
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
        Call keyed = new Call(call.ref(), call.input(), Optional.of(scope.key(path)));
        return scope.run().perform(new Attempt(
                path, digest, number, inputs, keyed, scope.retries().limit(), scope.variables()));
    }
}
