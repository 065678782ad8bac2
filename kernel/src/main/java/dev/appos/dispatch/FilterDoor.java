package dev.appos.dispatch;

import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Selection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a row filter sees of the door: who asks, and nothing it could call. A filter that read records would be asked
/// about its own reading.
final class FilterDoor implements Door, Ctx {

    private final Visibility visible;

    FilterDoor(Visibility visible) {
        this.visible = visible;
    }

    private static IllegalStateException closed(String what) {
        return new IllegalStateException("A row filter only states a condition; this one " + what + ".");
    }

    @Override
    public Object run(String ref, Object... arguments) {
        throw closed("runs " + ref);
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        throw closed("starts " + ref);
    }

    @Override
    public Map<String, Object> get(String ref, long id) {
        throw closed("reads " + ref);
    }

    @Override
    public List<Map<String, Object>> list(Selection selection) {
        throw closed("reads " + selection.ref());
    }

    @Override
    public long count(Selection selection) {
        throw closed("reads " + selection.ref());
    }

    @Override
    public BigDecimal sum(Selection selection, String column) {
        throw closed("reads " + selection.ref());
    }

    @Override
    public long create(String ref, Map<String, Object> values) {
        throw closed("writes " + ref);
    }

    @Override
    public void update(String ref, long id, Map<String, Object> values) {
        throw closed("writes " + ref);
    }

    @Override
    public void delete(String ref, long id) {
        throw closed("writes " + ref);
    }

    @Override
    public Object config(String key) {
        throw closed("asks for the setting " + key);
    }

    @Override
    public void see(String ref, String column) {
        throw closed("reads a row of " + ref);
    }

    @Override
    public Ctx ctx() {
        return this;
    }

    @Override
    public String user() {
        return visible.standing().user();
    }

    @Override
    public boolean inGroup(String group) {
        return visible.standing().groups().contains(group);
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
    public void var(String name, Object value) {
        throw closed("sets a variable of a process");
    }
}
