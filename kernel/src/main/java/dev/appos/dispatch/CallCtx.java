package dev.appos.dispatch;

import dev.appos.api.Ctx;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.AppDefinition;
import dev.appos.secure.Principal;
import dev.appos.secure.SessionValues;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What app code sees of the call that is running.
final class CallCtx implements Ctx {

    private final Permit permit;

    CallCtx(Permit permit) {
        this.permit = permit;
    }

    @Override
    public User user() {
        return permit.account();
    }

    @Override
    public Optional<String> agent() {
        permit.frame().scratch().lookedAt();
        return permit.principal() instanceof Principal.Agent agent ? Optional.of(agent.name()) : Optional.empty();
    }

    @Override
    public App app() {
        String name = permit.definition().ref().app();
        return new App(name, permit.snapshot().app(name).map(AppDefinition::title).orElse(name));
    }

    @Override
    public String executionId() {
        return permit.context().executionId();
    }

    @Override
    public Instant now() {
        return permit.context().at();
    }

    @Override
    public Optional<Request> request() {
        permit.frame().scratch().lookedAt();
        return permit.context().origin().request();
    }

    @Override
    public State state() {
        permit.frame().scratch().lookedAt();
        return new CallState(permit.frame().scratch().state());
    }

    @Override
    public Session session() {
        permit.frame().scratch().lookedAt();
        UUID id = permit.context().origin().session().orElseThrow(permit::noSession);
        return new LoginSession(permit, id);
    }

    @Override
    public Log log() {
        return (type, about, data) -> {
            try {
                if (!permit.frame().writing()) {
                    throw Refusal.forbidden(
                            "Writing to ctx.log()", "the call only reads", "Write to it in a rule or a step.");
                }
                EventLog.add(permit, type, about.isEmpty() ? null : about, data);
            } catch (Refusal refusal) {
                throw permit.error(refusal, permit.definition().ref());
            }
        };
    }

    @Override
    public @Nullable Object var(String name) {
        return permit.context().origin().variables()
                .orElseThrow(() -> new IllegalStateException("ctx.var works in a process and in its steps."))
                .get(name);
    }

    @Override
    public void var(String name, @Nullable Object value) {
        throw new IllegalStateException(
                "ctx.var(name, value) works in the body of a process; a step hands its answer back to the body.");
    }

    /// In memory, gone with the call.
    private record CallState(Map<String, Object> values) implements State {

        @Override
        public Optional<Object> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public void set(String name, Object value) {
            values.put(name, value);
        }

        @Override
        public void remove(String name) {
            values.remove(name);
        }
    }

    /// Rows beside the session's, written in the call's own transaction.
    private record LoginSession(Permit permit, UUID id) implements Session {

        @Override
        public Optional<Object> get(String name) {
            return SessionValues.get(permit.sql(), id, app(), name).map(Json::read);
        }

        @Override
        public void set(String name, Object value) {
            writing();
            try {
                SessionValues.set(permit.sql(), id, app(), name, Json.write(Plain.of(value)));
            } catch (Refusal refusal) {
                throw permit.error(refusal, ref());
            }
        }

        @Override
        public void remove(String name) {
            writing();
            SessionValues.remove(permit.sql(), id, app(), name);
        }

        private void writing() {
            if (!permit.frame().writing()) {
                throw permit.error(Refusal.forbidden(
                        "Writing to ctx.session()", "the call only reads", "Write to it in a rule."), ref());
            }
        }

        private String app() {
            return ref().app();
        }

        private Ref ref() {
            return permit.definition().ref();
        }
    }
}
