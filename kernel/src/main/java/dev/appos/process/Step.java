package dev.appos.process;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Failure;
import dev.appos.govern.Approvals.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        Answer answer = run.persist(() -> run.means().parts().database()
                        .read(sql -> run.means().parts().approvals().answer(sql, question)))
                .orElseThrow(() -> new Unwind.Park(Instant.MAX));
        if (!answer.approved()) {
            Entry refused = held.failed(answer.by() + " did not approve it. " + answer.note(), run.now());
            run.write(refused);
            throw failed(refused);
        }
    }

    private Entry run(int attempt) {
        Run run = scope.run();
        Entry.Content content = new Entry.Content(inputs, Optional.empty(), Optional.empty(), Optional.empty());
        Entry begun = Entry.running(path, digest, attempt, content, run.now());
        run.inFlight().add(begun);
        try {
            Entry ended = ended(begun);
            run.write(ended);
            ProcessLog.step(run, ended, call.ref());
            return ended;
        } finally {
            run.inFlight().remove(begun);
        }
    }

    private Entry ended(Entry begun) {
        Run run = scope.run();
        try {
            return run.answered(begun, limited());
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.HELD && refusal.approval().isPresent()) {
                return begun.waitingFor(UUID.fromString(refusal.approval().get()));
            }
            return begun.failed(text(refusal), run.now());
        } catch (Failure failure) {
            return begun.failed(Faults.text(failure.getCause()), run.now());
        } catch (TimeoutException _) {
            String limit = scope.retries().limit().toMillis() + " ms";
            return begun.failed("It took longer than " + limit + " and was given up.", run.now());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unwind.Lost();
        } catch (Exception fault) {
            return begun.failed(Faults.text(fault), run.now());
        }
    }

    /// What a refusal says, in the words of a process.
    private String text(Refusal refusal) {
        boolean reused = refusal.faults().stream().anyMatch(fault -> fault.code().equals("reused"));
        return reused
                ? "Step \"" + path + "\" was asked with other arguments before the crash."
                : String.valueOf(refusal.getMessage());
    }

    private @Nullable Object limited() throws Exception {
        Call keyed = new Call(call.ref(), call.input(), Optional.of(scope.key(path)));
        Map<String, @Nullable Object> seen = scope.variables();
        Duration limit = scope.retries().limit();
        if (limit.isZero()) {
            return scope.run().dispatch(keyed, seen);
        }
        FutureTask<@Nullable Object> task = new FutureTask<>(() -> scope.run().dispatch(keyed, seen));
        Thread thread = Thread.ofVirtual().name("process-step").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        } finally {
            // After its answer it is not there any more to be interrupted.
            thread.interrupt();
        }
    }
}
