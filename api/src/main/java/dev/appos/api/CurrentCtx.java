package dev.appos.api;

import java.time.Instant;
import java.util.Optional;

/// Hands each question on to the call that is running.
final class CurrentCtx implements Ctx {

    private static Ctx current() {
        return Door.current().ctx();
    }

    @Override
    public User user() {
        return current().user();
    }

    @Override
    public Optional<String> agent() {
        return current().agent();
    }

    @Override
    public App app() {
        return current().app();
    }

    @Override
    public String executionId() {
        return current().executionId();
    }

    @Override
    public Instant now() {
        return current().now();
    }

    @Override
    public Optional<Request> request() {
        return current().request();
    }

    @Override
    public State state() {
        return current().state();
    }

    @Override
    public Session session() {
        return current().session();
    }

    @Override
    public Log log() {
        return current().log();
    }

    @Override
    public Object var(String name) {
        return current().var(name);
    }

    @Override
    public void var(String name, Object value) {
        current().var(name, value);
    }

    @Override
    public void hidden(String name, Object value) {
        current().hidden(name, value);
    }

    @Override
    public void sensitive(String name, Object value) {
        current().sensitive(name, value);
    }

    @Override
    public boolean changed() {
        return current().changed();
    }

    @Override
    public void output(String name, Object value) {
        current().output(name, value);
    }
}
