package dev.appos.process;

import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Selection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the body of a process sees of the door: nothing but what is the same at each replay.
final class BodyDoor implements Door, Ctx {

    private final Run run;

    BodyDoor(Run run) {
        this.run = run;
    }

    private static BodyFault outside(String what) {
        return new BodyFault("The body of a process " + what + " outside a step, and would do it again after a crash;"
                + " put it in step(\"…\", …).");
    }

    @Override
    public Object run(String ref, Object... arguments) {
        throw outside("runs " + ref);
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        throw outside("starts " + ref);
    }

    @Override
    public Map<String, Object> get(String ref, long id) {
        throw outside("reads " + ref);
    }

    @Override
    public List<Map<String, Object>> list(Selection selection) {
        throw outside("reads " + selection.ref());
    }

    @Override
    public long count(Selection selection) {
        throw outside("reads " + selection.ref());
    }

    @Override
    public BigDecimal sum(Selection selection, String column) {
        throw outside("reads " + selection.ref());
    }

    @Override
    public long create(String ref, Map<String, Object> values) {
        throw outside("writes " + ref);
    }

    @Override
    public void update(String ref, long id, Map<String, Object> values) {
        throw outside("writes " + ref);
    }

    @Override
    public void delete(String ref, long id) {
        throw outside("writes " + ref);
    }

    @Override
    public Object config(String key) {
        throw outside("asks for " + key);
    }

    @Override
    public void see(String ref, String column) {
        throw outside("reads the restricted field " + column + " of " + ref);
    }

    @Override
    public Ctx ctx() {
        return this;
    }

    @Override
    public String user() {
        return run.user();
    }

    @Override
    public boolean inGroup(String group) {
        throw outside("asks who is in group " + group);
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
    public void var(String name, Object value) {
        run.variables().set(name, value);
    }
}
