package dev.appos.authoring;

import dev.appos.api.Ctx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Ada, who calls the rules of the examples; what is done with variables is noted.
record FakeCtx(List<String> calls) implements Ctx {

    @Override
    public User user() {
        return new User("ada", "1", User.Type.BASIC, Set.of("crm_users"), "en", "UTC");
    }

    @Override
    public Optional<String> agent() {
        return Optional.empty();
    }

    @Override
    public App app() {
        return new App("crm", "CRM");
    }

    @Override
    public String executionId() {
        return "exec_1";
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public Optional<Request> request() {
        return Optional.empty();
    }

    @Override
    public State state() {
        throw new UnsupportedOperationException("state");
    }

    @Override
    public Session session() {
        throw new UnsupportedOperationException("session");
    }

    @Override
    public Log log() {
        return (type, about, data) -> calls.add("event " + type + about + data);
    }

    @Override
    public Object var(String name) {
        return null;
    }

    @Override
    public void var(String name, Object value) {
        calls.add("var " + name + "=" + value);
    }
}
