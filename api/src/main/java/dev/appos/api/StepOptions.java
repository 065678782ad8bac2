package dev.appos.api;

import java.time.Duration;
import java.util.function.Supplier;

/// A step with more to say than its name: `step("charge").retry(5, exponential("2s")).timeout("30s").run(rules.charge,
/// id)`. Nothing happens before [#run] or [#compensate].
///
/// @param name     what the journal and people know it by
/// @param attempts how often it is tried in all, at least 1
/// @param backoff  the wait between attempts
/// @param timeout  how long one attempt may take; zero is no limit
/// @param wanted   whether it runs at all; if not, it is shown as skipped
/// @param optional whether the process goes on when it failed for good
/// @param secret   whether what goes in and comes out is shown to nobody and kept sealed
public record StepOptions(
        String name, int attempts, Backoff backoff, Duration timeout, boolean wanted, boolean optional,
        boolean secret) {

    public StepOptions {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
    }

    /// A step that is tried once, without a limit.
    public static StepOptions of(String name) {
        return new StepOptions(name, 1, Backoff.NONE, Duration.ZERO, true, false, false);
    }

    /// Tries again after a failure, so often in all; after a crash it goes on counting.
    public StepOptions retry(int attempts, Backoff backoff) {
        return new StepOptions(name, attempts, backoff, timeout, wanted, optional, secret);
    }

    /// Gives an attempt up after this time: `"30s"`. That counts as a failure.
    public StepOptions timeout(String limit) {
        return new StepOptions(name, attempts, backoff, Durations.parse(limit), wanted, optional, secret);
    }

    /// Runs only if this is so; otherwise it is shown as skipped, answers null, and the process goes on.
    public StepOptions when(boolean condition) {
        return new StepOptions(name, attempts, backoff, timeout, wanted && condition, optional, secret);
    }

    /// Lets the process go on when the step failed for good: it then answers null and is shown as failed.
    public StepOptions orSkip() {
        return new StepOptions(name, attempts, backoff, timeout, wanted, true, secret);
    }

    /// Shows nobody what goes in and comes out, and keeps the answer sealed: for passwords, cards, tokens.
    public StepOptions hidden() {
        return new StepOptions(name, attempts, backoff, timeout, wanted, optional, true);
    }

    /// Runs a rule as this step.
    @SuppressWarnings("unchecked") // the rule states its own type
    public <R> R run(Rule0<R> rule) {
        return (R) Flow.current().step(this, rule.ref());
    }

    /// Runs a rule as this step.
    @SuppressWarnings("unchecked") // the rule states its own type
    public <A, R> R run(Rule1<A, R> rule, A a) {
        return (R) Flow.current().step(this, rule.ref(), a);
    }

    /// Runs a rule as this step.
    @SuppressWarnings("unchecked") // the rule states its own type
    public <A, B, R> R run(Rule2<A, B, R> rule, A a, B b) {
        return (R) Flow.current().step(this, rule.ref(), a, b);
    }

    /// Runs a rule as this step.
    @SuppressWarnings("unchecked") // the rule states its own type
    public <A, B, C, R> R run(Rule3<A, B, C, R> rule, A a, B b, C c) {
        return (R) Flow.current().step(this, rule.ref(), a, b, c);
    }

    /// Runs a rule as this step.
    @SuppressWarnings("unchecked") // the rule states its own type
    public <A, B, C, D, R> R run(Rule4<A, B, C, D, R> rule, A a, B b, C c, D d) {
        return (R) Flow.current().step(this, rule.ref(), a, b, c, d);
    }

    /// Runs a rule of a `long` as this step: boxing would ask for `5L`.
    @SuppressWarnings("unchecked") // the rule states its own type
    public <R> R run(Rule1<Long, R> rule, long a) {
        return (R) Flow.current().step(this, rule.ref(), a);
    }

    /// Runs code as this step, in one transaction.
    @SuppressWarnings("unchecked") // a replay answers what this very body answered
    public <R> R run(Supplier<R> body) {
        return (R) Flow.current().step(this, body);
    }

    /// Runs code as this step, in one transaction.
    public void run(Runnable body) {
        Flow.current().step(this, () -> {
            body.run();
            return null;
        });
    }

    /// Runs a rule as this step only if the process fails or is cancelled from here on.
    public void compensate(Rule0<?> rule) {
        Flow.current().compensate(this, rule.ref());
    }

    /// Runs a rule as this step only if the process fails or is cancelled from here on.
    public <A> void compensate(Rule1<A, ?> rule, A a) {
        Flow.current().compensate(this, rule.ref(), a);
    }

    /// Runs a rule as this step only if the process fails or is cancelled from here on.
    public <A, B> void compensate(Rule2<A, B, ?> rule, A a, B b) {
        Flow.current().compensate(this, rule.ref(), a, b);
    }

    /// Runs a rule as this step only if the process fails or is cancelled from here on.
    public <A, B, C> void compensate(Rule3<A, B, C, ?> rule, A a, B b, C c) {
        Flow.current().compensate(this, rule.ref(), a, b, c);
    }

    /// Runs a rule as this step only if the process fails or is cancelled from here on.
    public <A, B, C, D> void compensate(Rule4<A, B, C, D, ?> rule, A a, B b, C c, D d) {
        Flow.current().compensate(this, rule.ref(), a, b, c, d);
    }

    /// Runs a rule of a `long` as this step only if the process fails or is cancelled from here on.
    public void compensate(Rule1<Long, ?> rule, long a) {
        Flow.current().compensate(this, rule.ref(), a);
    }

    /// Runs code as this step only if the process fails or is cancelled from here on.
    public void compensate(Runnable body) {
        Flow.current().compensate(this, () -> {
            body.run();
            return null;
        });
    }
}
