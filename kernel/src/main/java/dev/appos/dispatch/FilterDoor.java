package dev.appos.dispatch;

import dev.appos.api.Cond;
import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Selection;
import dev.appos.api.Start;
import dev.appos.api.Tabulation;
import dev.appos.object.RecordDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a row filter sees of the door: who asks, and nothing it could call. A filter that read records would be asked
/// about its own reading.
final class FilterDoor implements Door {

    private final Visibility visible;
    private final RecordDefinition record;

    FilterDoor(Visibility visible, RecordDefinition record) {
        this.visible = visible;
        this.record = record;
    }

    static IllegalStateException closed(String what) {
        return new IllegalStateException("A row filter only states a condition; this one " + what + ".");
    }

    @Override
    public Object run(String ref, Object... arguments) {
        throw closed("runs " + ref);
    }

    @Override
    public Object constant(String ref) {
        throw closed("reads " + ref);
    }

    @Override
    public Object runConstant(String ref, Map<String, Object> inputs) {
        throw closed("runs " + ref);
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        throw closed("starts " + ref);
    }

    @Override
    public UUID start(Start how, Map<String, Object> inputs) {
        throw closed("starts " + how.ref());
    }

    @Override
    public void signal(String ref, UUID instance, String name, Object value) {
        throw closed("signals " + ref);
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
    public List<Map<String, Object>> tabulate(Tabulation asked) {
        throw closed("reads " + asked.selection().ref());
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
    public List<Long> createAll(String ref, List<Map<String, Object>> rows) {
        throw closed("writes " + ref);
    }

    @Override
    public long upsert(String ref, Map<String, Object> values, List<String> key) {
        throw closed("writes " + ref);
    }

    @Override
    public long updateAll(String ref, Cond where, Map<String, Object> values) {
        throw closed("writes " + ref);
    }

    @Override
    public long deleteAll(String ref, Cond where) {
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
        return new FilterCtx(visible, record);
    }
}
