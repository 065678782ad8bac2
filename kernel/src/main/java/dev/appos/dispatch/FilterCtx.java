package dev.appos.dispatch;

import dev.appos.api.Ctx;
import dev.appos.object.AppDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.secure.Principal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a row filter sees of the call: who asks, for what, from where and when. Nothing that app code can set, because
/// then the code that reads would decide what it may see.
final class FilterCtx implements Ctx {

    private final Visibility visible;
    private final RecordDefinition record;

    FilterCtx(Visibility visible, RecordDefinition record) {
        this.visible = visible;
        this.record = record;
    }

    @Override
    public User user() {
        return visible.standing().account();
    }

    @Override
    public Optional<String> agent() {
        visible.scratch().lookedAt();
        return visible.context().principal() instanceof Principal.Agent agent
                ? Optional.of(agent.name())
                : Optional.empty();
    }

    @Override
    public App app() {
        String name = record.ref().app();
        return new App(name, visible.snapshot().app(name).map(AppDefinition::title).orElse(name));
    }

    @Override
    public String executionId() {
        return visible.context().executionId();
    }

    @Override
    public Instant now() {
        return visible.context().at();
    }

    @Override
    public Optional<Request> request() {
        visible.scratch().lookedAt();
        return visible.context().origin().request();
    }

    @Override
    public State state() {
        throw FilterDoor.closed("asks for the state of a call");
    }

    @Override
    public Session session() {
        throw FilterDoor.closed("asks for a login session");
    }

    @Override
    public Log log() {
        throw FilterDoor.closed("writes to the event log");
    }

    @Override
    public @Nullable Object var(String name) {
        throw FilterDoor.closed("asks for a variable of a process");
    }

    @Override
    public void var(String name, @Nullable Object value) {
        throw FilterDoor.closed("sets a variable of a process");
    }
}
