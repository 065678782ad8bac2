package dev.appos.authoring;

import dev.appos.api.Cond;
import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Selection;
import dev.appos.api.Start;
import dev.appos.api.Tabulation;
import dev.appos.base.Ref;
import dev.appos.object.ConstantDefinition;
import dev.appos.registry.Snapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A door onto rows in memory: lets every call in, notes it, and runs the bodies of one snapshot.
final class FakeDoor implements Door {

    static final UUID STARTED = new UUID(0, 42);

    final List<String> calls = new ArrayList<>();
    private final Map<String, Map<Long, Map<String, Object>>> tables = new LinkedHashMap<>();
    private final Snapshot snapshot;

    FakeDoor(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    FakeDoor row(String ref, long id, Map<String, Object> values) {
        Map<String, Object> row = new LinkedHashMap<>(values);
        row.put("id", id);
        row.put("version", 1);
        tables.computeIfAbsent(ref, _ -> new TreeMap<>()).put(id, row);
        return this;
    }

    Map<String, Object> stored(String ref, long id) {
        return tables.get(ref).get(id);
    }

    /// Runs a body as the platform would.
    Object call(String ref, Object... arguments) {
        return ScopedValue.where(CURRENT, this).call(() -> run(ref, arguments));
    }

    @Override
    public Object run(String ref, Object... arguments) {
        calls.add("run " + ref);
        Ref parsed = Ref.of(ref);
        try {
            return snapshot.code(parsed.app()).call(parsed.kind() + "." + parsed.name(), arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(ref, e);
        }
    }

    @Override
    public Object constant(String ref) {
        calls.add("constant " + ref);
        return ((ConstantDefinition) snapshot.find(ref).orElseThrow()).in("test");
    }

    @Override
    public Object runConstant(String ref, Map<String, Object> inputs) {
        throw new UnsupportedOperationException(ref);
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        calls.add("start " + ref + List.of(arguments));
        return STARTED;
    }

    @Override
    public void signal(String ref, UUID instance, String name, Object value) {
        calls.add("signal " + ref + " " + name + " " + value);
    }

    @Override
    public UUID start(Start how, Map<String, Object> inputs) {
        calls.add("start " + how + inputs);
        return new UUID(0, 1);
    }

    @Override
    public Map<String, Object> get(String ref, long id) {
        calls.add("get " + ref);
        return tables.get(ref).get(id);
    }

    @Override
    public List<Map<String, Object>> list(Selection selection) {
        calls.add("list " + selection.ref() + " " + selection.where());
        return matching(selection);
    }

    @Override
    public List<Map<String, Object>> tabulate(Tabulation asked) {
        throw new UnsupportedOperationException(asked.toString());
    }

    @Override
    public long count(Selection selection) {
        calls.add("count " + selection.ref() + " " + selection.where());
        return matching(selection).size();
    }

    @Override
    public BigDecimal sum(Selection selection, String column) {
        calls.add("sum " + selection.ref() + " " + column);
        return matching(selection).stream().map(row -> (BigDecimal) row.get(column))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public long create(String ref, Map<String, Object> values) {
        long id = tables.getOrDefault(ref, Map.of()).size() + 1L;
        row(ref, id, values);
        return id;
    }

    @Override
    public List<Long> createAll(String ref, List<Map<String, Object>> rows) {
        return rows.stream().map(row -> create(ref, row)).toList();
    }

    @Override
    public long upsert(String ref, Map<String, Object> values, List<String> key) {
        throw new UnsupportedOperationException(ref);
    }

    @Override
    public long updateAll(String ref, Cond where, Map<String, Object> values) {
        throw new UnsupportedOperationException(ref);
    }

    @Override
    public long deleteAll(String ref, Cond where) {
        throw new UnsupportedOperationException(ref);
    }

    @Override
    public void update(String ref, long id, Map<String, Object> values) {
        calls.add("update " + ref + " " + values);
        tables.get(ref).get(id).putAll(values);
    }

    @Override
    public void delete(String ref, long id) {
        tables.get(ref).remove(id);
    }

    @Override
    public Object config(String key) {
        return key;
    }

    @Override
    public void see(String ref, String column) {
        calls.add("see " + ref + " " + column);
    }

    @Override
    public Ctx ctx() {
        return new FakeCtx(calls);
    }

    private List<Map<String, Object>> matching(Selection selection) {
        return tables.getOrDefault(selection.ref(), Map.of()).values().stream()
                .filter(row -> matches(selection.where(), row)).limit(selection.limit()).toList();
    }

    private static boolean matches(Cond cond, Map<String, Object> row) {
        return switch (cond) {
            case Cond.And and -> and.conditions().stream().allMatch(c -> matches(c, row));
            case Cond.Or or -> or.conditions().stream().anyMatch(c -> matches(c, row));
            case Cond.Not not -> !matches(not.condition(), row);
            case Cond.Compare c when c.operator() == Cond.Operator.EQ -> c.value().equals(row.get(c.path()));
            case Cond.Fields _, Cond.Some _ -> throw new UnsupportedOperationException(cond.toString());
            case Cond.Compare c -> throw new UnsupportedOperationException(c.toString());
        };
    }
}
