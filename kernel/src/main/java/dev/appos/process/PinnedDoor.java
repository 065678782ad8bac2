package dev.appos.process;

import dev.appos.api.Cond;
import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Selection;
import dev.appos.api.Start;
import dev.appos.api.Tabulation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The door as code of an earlier version sees it inside a step: what it hands over becomes values of today's classes,
/// and what it is answered values of its own.
record PinnedDoor(Door today, Translation translation) implements Door {

    private Object[] hand(Object[] arguments) {
        return Arrays.stream(arguments).map(translation::toToday).toArray();
    }

    @Override
    public Object run(String ref, Object... arguments) {
        return translation.toKept(today.run(ref, hand(arguments)));
    }

    @Override
    public Object constant(String ref) {
        return translation.toKept(today.constant(ref));
    }

    @Override
    @SuppressWarnings("unchecked") // a map stays a map
    public Object runConstant(String ref, Map<String, Object> inputs) {
        return translation.toKept(today.runConstant(ref, (Map<String, Object>) translation.toToday(inputs)));
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        return today.start(ref, hand(arguments));
    }

    @Override
    public void signal(String ref, UUID instance, String name, Object value) {
        today.signal(ref, instance, name, value);
    }

    @Override
    @SuppressWarnings("unchecked") // a map stays a map
    public UUID start(Start how, Map<String, Object> inputs) {
        return today.start(how, (Map<String, Object>) translation.toToday(inputs));
    }

    @Override
    public Map<String, Object> get(String ref, long id) {
        return today.get(ref, id);
    }

    @Override
    public List<Map<String, Object>> list(Selection selection) {
        return today.list(selection);
    }

    @Override
    public List<Map<String, Object>> tabulate(Tabulation tabulation) {
        return today.tabulate(tabulation);
    }

    @Override
    public long count(Selection selection) {
        return today.count(selection);
    }

    @Override
    public BigDecimal sum(Selection selection, String column) {
        return today.sum(selection, column);
    }

    @Override
    public long create(String ref, Map<String, Object> values) {
        return today.create(ref, values);
    }

    @Override
    public List<Long> createAll(String ref, List<Map<String, Object>> rows) {
        return today.createAll(ref, rows);
    }

    @Override
    public long upsert(String ref, Map<String, Object> values, List<String> key) {
        return today.upsert(ref, values, key);
    }

    @Override
    public long updateAll(String ref, Cond where, Map<String, Object> values) {
        return today.updateAll(ref, where, values);
    }

    @Override
    public long deleteAll(String ref, Cond where) {
        return today.deleteAll(ref, where);
    }

    @Override
    public void update(String ref, long id, Map<String, Object> values) {
        today.update(ref, id, values);
    }

    @Override
    public void delete(String ref, long id) {
        today.delete(ref, id);
    }

    @Override
    public Object config(String key) {
        return today.config(key);
    }

    @Override
    public void see(String ref, String column) {
        today.see(ref, column);
    }

    @Override
    public Ctx ctx() {
        return today.ctx();
    }
}
