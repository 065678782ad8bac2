package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.dispatch.Typed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What becomes of an instance that was taken: its body runs, and it ends, waits or is somebody else's.
record Course(Run run) {

    void follow() {
        Instance instance = run.instance();
        if (instance.claim().takeovers() > Bounds.TAKEOVERS_MOST) {
            end(failed(new BodyFault("The node that ran it died " + instance.claim().takeovers()
                    + " times in a row without a step getting done, so it is not tried again; what it did is not"
                    + " undone.")), true);
            return;
        }
        Optional<Ending> decided = new Undoing(run).decided();
        decided.ifPresent(_ -> run.cancel());
        try {
            switch (run.body()) {
                case Outcome.Value(Object value) -> over(decided.orElseGet(() -> ended(value)));
                case Outcome.Fault(Throwable cause) -> over(decided.orElseGet(() -> failed(cause)));
                case Outcome.Left(Unwind why) -> left(why, decided);
            }
        } catch (Unwind.Park park) {
            left(park, decided);
        }
    }

    /// The body has ended; what it did not wait for may go on.
    private void over(Ending ending) {
        boolean undo = !ending.status().equals("completed") && !run.instance().over();
        Ending last = undo ? new Undoing(run).before(ending) : ending;
        boolean whole = run.background().isEmpty();
        end(last, whole);
        if (whole) {
            return;
        }
        switch (run.background().settle().orElse(null)) {
            case null -> remove();
            case Unwind.Cancelled _ -> remove();
            case Unwind.Diverged diverged -> {
                ProcessLog.failed(run, diverged);
                remove();
            }
            case Unwind.Lost lost -> throw lost;
            case Unwind.Park park -> release(park.wake());
        }
    }

    /// The body cannot go on now. The instance is given up once, when every branch has ended or waits.
    private void left(Unwind why, Optional<Ending> decided) {
        Unwind last = run.background().settle().map(other -> Branches.stronger(why, other)).orElse(why);
        switch (last) {
            case Unwind.Park park -> release(park.wake());
            // Nothing is undone: with the right code it can go on.
            case Unwind.Diverged diverged -> end(failed(new BodyFault(diverged.message())), true);
            case Unwind.Cancelled _ -> end(new Undoing(run).before(decided.orElseGet(this::stopped)), true);
            case Unwind.Lost lost -> throw lost;
        }
    }

    /// How it ends that its body got to its end.
    private Ending ended(@Nullable Object value) {
        return run.cancelled() && !run.instance().over() ? stopped() : completed(value);
    }

    /// How it ends that it may not go on.
    private Ending stopped() {
        return run.expired()
                ? failed(new BodyFault("It took longer than " + run.limit() + ", the timeout of the process; a longer"
                        + " one is written as @Process(timeout = \"7d\")."))
                : cancelled();
    }

    private void end(Ending ending, boolean whole) {
        run.variables().end();
        run.persist(() -> {
            if (!ending.status().equals("completed")) {
                // First, so that none is forgotten if this node dies in between.
                run.means().parts().database().write(sql -> Children.cancel(sql, run.instance().id()));
            }
            run.means().ready().end(run.instance(), told(ending), run.variables().json(), whole);
            ProcessLog.ended(run, ending.status());
            withdraw();
            return true;
        });
    }

    /// With what the process hears that waits for this one.
    private Ending told(Ending ending) {
        return ending.report().isPresent() ? ending : run.starting().parent()
                .map(parent -> ending.reporting(new Children.Report(parent, Optional.empty(), message(ending))))
                .orElse(ending);
    }

    private static Optional<String> message(Ending ending) {
        return ending.error().map(error -> String.valueOf(Json.object(Json.read(error), "error").get("message")));
    }

    /// Nobody waits for an answer any more.
    private void withdraw() {
        ProcessParts parts = run.means().parts();
        run.history().questions().forEach(question -> parts.database().write(sql -> {
            parts.approvals().withdraw(sql, question);
            return question;
        }));
        if (run.takesSignals()) {
            parts.database().write(sql -> Signals.forget(sql, run.instance().id()));
        }
    }

    private void remove() {
        run.persist(() -> {
            run.means().ready().remove(run.instance());
            return true;
        });
    }

    private void release(Instant wake) {
        Instant soonest = run.deadline().filter(end -> end.isBefore(wake)).orElse(wake);
        run.persist(() -> {
            if (run.interruption().isPresent()) {
                run.interruption().get().note();
                return true;
            }
            run.means().ready().release(run.instance(), soonest, run.variables().json());
            return true;
        });
    }

    private Ending completed(@Nullable Object value) {
        try {
            Ending ending = new Ending("completed", run.outputs().json(value), Optional.empty());
            return run.starting().parent()
                    .map(parent -> ending.reporting(new Children.Report(
                            parent, Optional.ofNullable(value).map(Typed::write), Optional.empty())))
                    .orElse(ending);
        } catch (RuntimeException unkept) {
            return failed(new BodyFault("What the process answers cannot be kept: " + unkept.getMessage()));
        }
    }

    private static Ending cancelled() {
        return new Ending("cancelled", Optional.empty(), Optional.empty());
    }

    private Ending failed(Throwable cause) {
        if (!(cause instanceof StepFailed)) {
            // What steps throw is in the log already, under the same id.
            run.persist(() -> {
                ProcessLog.failed(run, cause);
                return true;
            });
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("step", cause instanceof StepFailed failed ? failed.path() : null);
        error.put("message", Faults.text(cause));
        if (cause instanceof StepFailed several && several.paths().size() > 1) {
            error.put("steps", several.paths());
        }
        error.put("execution_id", run.instance().starter().executionId());
        return new Ending("failed", Optional.empty(), Optional.of(Json.write(error)));
    }

}
