package dev.appos.process;

import dev.appos.api.Cond;
import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Selection;
import dev.appos.api.Start;
import dev.appos.api.Tabulation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the body of a process sees of the door: nothing but what is the same at each replay.
final class BodyDoor implements Door {

    private final Run run;
    private final Scope scope;

    BodyDoor(Run run, Scope scope) {
        this.run = run;
        this.scope = scope;
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
    public Object constant(String ref) {
        throw outside("reads " + ref);
    }

    @Override
    public Object runConstant(String ref, Map<String, Object> inputs) {
        throw outside("runs " + ref);
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        throw outside("starts " + ref);
    }

    @Override
    public void signal(String ref, UUID instance, String name, Object value) {
        throw outside("signals " + ref);
    }

    @Override
    public UUID start(Start how, Map<String, Object> inputs) {
        throw outside("starts " + how.ref());
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
    public List<Map<String, Object>> tabulate(Tabulation asked) {
        throw outside("reads " + asked.selection().ref());
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
    public List<Long> createAll(String ref, List<Map<String, Object>> rows) {
        throw outside("writes " + ref);
    }

    @Override
    public long upsert(String ref, Map<String, Object> values, List<String> key) {
        throw outside("writes " + ref);
    }

    @Override
    public long updateAll(String ref, Cond where, Map<String, Object> values) {
        throw outside("writes " + ref);
    }

    @Override
    public long deleteAll(String ref, Cond where) {
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
        return new BodyCtx(run, scope);
    }
}
