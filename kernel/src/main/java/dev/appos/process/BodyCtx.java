package dev.appos.process;

import dev.appos.api.AppOsException;
import dev.appos.api.Ctx;
import dev.appos.base.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the body of a process sees of its call: what was kept at the start, and the variables it has set itself.
final class BodyCtx implements Ctx {

    private final Run run;
    private final Scope scope;

    BodyCtx(Run run, Scope scope) {
        this.run = run;
        this.scope = scope;
    }

    @Override
    public User user() {
        return run.starting().user();
    }

    @Override
    public Optional<String> agent() {
        return run.starting().agent();
    }

    @Override
    public App app() {
        return run.starting().app();
    }

    @Override
    public String executionId() {
        return run.instance().starter().executionId();
    }

    @Override
    public Instant now() {
        return run.instance().starter().at();
    }

    @Override
    public Optional<Request> request() {
        return Optional.empty();
    }

    @Override
    public State state() {
        throw new BodyFault("ctx.state() ends with each step; keep what the body needs in ctx.var(name, value).");
    }

    @Override
    public Session session() {
        Refusal refusal = Refusal.forbidden(
                "ctx.session()", "a process is not part of a login session",
                "Hand what it needs to the process when it is started.");
        AppOsException.About about = new AppOsException.About(
                run.instance().process().toString(), executionId(), now(), refusal.remedy(), Map.of());
        throw new AppOsException.Session(refusal.getMessage(), about, refusal);
    }

    @Override
    public Log log() {
        throw new BodyFault("ctx.log() writes with a step: step(\"tell\", () -> ctx.log().event(…)).");
    }

    @Override
    public @Nullable Object var(String name) {
        return scope.variables().get(name);
    }

    @Override
    public void var(String name, @Nullable Object value) {
        scope.set(name, value);
    }

    @Override
    public void hidden(String name, @Nullable Object value) {
        scope.hide(name, "hidden", value);
    }

    @Override
    public void sensitive(String name, @Nullable Object value) {
        scope.hide(name, "sensitive", value);
    }

    @Override
    public boolean changed() {
        return scope.changed();
    }

    @Override
    public void output(String name, @Nullable Object value) {
        run.outputs().set(name, value);
    }
}
