package dev.appos.process;

import dev.appos.api.Flow;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.EventChain;
import dev.appos.dispatch.Failure;
import dev.appos.dispatch.Origin;
import dev.appos.secure.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One attempt at a step: one call through the door, and what became of it. Knows nothing of the body that asked, so
/// it can be made wherever the apps are.
///
/// @param digest of what is asked
/// @param number from 1
/// @param inputs for people, JSON
/// @param call   the work under its key
/// @param limit  how long it may take; zero is no limit
/// @param seen   the variables of the process, as the step sees them
record Attempt(
        String path,
        String digest,
        int number,
        Optional<String> inputs,
        Call call,
        Duration limit,
        Map<String, @Nullable Object> seen) {

    Entry begun(Run run) {
        Entry.Content content = new Entry.Content(inputs, Optional.empty(), Optional.empty(), Optional.empty());
        return Entry.running(path, digest, number, content, run.now());
    }

    /// Does the work, and says how it ended; a fault of the work is an answer like any other.
    ///
    /// @throws Unwind.Lost if this thread is told to stop
    Entry ended(Run run, Entry begun) {
        try {
            return run.answered(begun, limited(run));
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.HELD && refusal.approval().isPresent()) {
                return begun.waitingFor(UUID.fromString(refusal.approval().get()));
            }
            return begun.failed(text(refusal), run.now());
        } catch (Failure failure) {
            return begun.failed(Faults.text(failure.getCause()), run.now());
        } catch (TimeoutException _) {
            return begun.failed("It took longer than " + limit.toMillis() + " ms and was given up.", run.now());
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

    private @Nullable Object limited(Run run) throws Exception {
        if (limit.isZero()) {
            return dispatch(run);
        }
        FutureTask<@Nullable Object> task = new FutureTask<>(() -> dispatch(run));
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

    /// Makes the call for whoever started the process, with what they may do today.
    private @Nullable Object dispatch(Run run) throws Exception {
        Instance instance = run.instance();
        ProcessParts parts = run.means().parts();
        for (int tries = 1; ; tries++) {
            try {
                Principal principal = parts.principals().apply(instance.starter().name());
                Context context = new Context(
                        principal, instance.starter().executionId(), parts.clock().instant(), true,
                        Origin.of(seen), "");
                Object answer = ScopedValue.where(Flow.CURRENT, StepFlow.of(run, call))
                        .call(() -> EventChain.within(
                                run.starting().chain(), () -> run.means().dispatcher().dispatch(context, call)));
                if (!call.ref().equals(instance.process())) {
                    parts.registry().observed().saw(instance.process(), call.ref(), call.input().action().access());
                }
                return answer;
            } catch (Refusal refusal) {
                boolean again = refusal.reason() == Refusal.Reason.UNAVAILABLE && tries < Bounds.UNAVAILABLE_TRIES;
                if (!again || run.abandoned()) {
                    throw refusal;
                }
                Thread.sleep(Bounds.UNAVAILABLE_WAIT.multipliedBy(1L << tries));
                // A database that is away is nobody's failure: wait for it as long as it takes.
                run.persist(() -> parts.database().read(sql -> sql.fetch("select 1")));
            }
        }
    }
}
