package dev.appos.api;

import java.time.Instant;

/// Hands each question on to the call that is running.
final class CurrentCtx implements Ctx {

    @Override
    public String user() {
        return Door.current().ctx().user();
    }

    @Override
    public boolean inGroup(String group) {
        return Door.current().ctx().inGroup(group);
    }

    @Override
    public String executionId() {
        return Door.current().ctx().executionId();
    }

    @Override
    public Instant now() {
        return Door.current().ctx().now();
    }

    @Override
    public void var(String name, Object value) {
        Door.current().ctx().var(name, value);
    }
}
