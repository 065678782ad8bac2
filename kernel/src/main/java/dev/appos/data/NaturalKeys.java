package dev.appos.data;

import dev.appos.api.Cond;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds records by what names them to people, `customer.email`, among those the caller can see.
final class NaturalKeys {

    /// Values looked for in one call.
    private static final int BATCH = 500;

    private static final long MANY = -1;

    private final Dispatcher dispatcher;
    private final Context context;
    private final Mapping mapping;

    NaturalKeys(Dispatcher dispatcher, Context context, Mapping mapping) {
        this.dispatcher = dispatcher;
        this.context = context;
        this.mapping = mapping;
    }

    /// Writes the ids into the rows, and the faults of those that lead nowhere or to more than one.
    void resolve(List<Mapping.Understood> rows) {
        Map<String, Set<Object>> wanted = new HashMap<>();
        rows.forEach(row -> row.natural().forEach((name, value) ->
                wanted.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(value)));
        wanted.forEach((name, values) -> {
            Mapping.Behind behind = (Mapping.Behind) mapping.to(name);
            Map<Object, Long> found = find(behind, List.copyOf(values));
            for (Mapping.Understood row : rows) {
                Object value = row.natural().get(name);
                if (value != null) {
                    Long id = found.get(comparable(value));
                    if (id == null || id == MANY) {
                        String what = behind.target().name().replace('_', ' ') + " with this " + behind.field();
                        row.faults().add(new Fault("/" + name, "reference", id == null
                                ? "leads nowhere: there is no " + what
                                : "leads to more than one " + what));
                    } else {
                        row.values().put(behind.column(), id);
                    }
                }
            }
        });
    }

    private Map<Object, Long> find(Mapping.Behind behind, List<Object> values) {
        Map<Object, Long> found = new HashMap<>();
        for (int from = 0; from < values.size(); from += BATCH) {
            List<Object> some = new ArrayList<>(values.subList(from, Math.min(values.size(), from + BATCH)));
            Query query = new Query(
                    List.of(new Query.Selected.Column(Mapping.ID), new Query.Selected.Column(behind.field())),
                    new Cond.Compare(behind.field(), Cond.Operator.IN, some),
                    List.of(), Query.LARGEST_PAGE, 0, false);
            Page page = (Page) dispatcher.dispatch(context, Call.of(behind.target(), new Input.ListRecords(query)));
            for (Map<String, ?> row : page.rows()) {
                Object key = row.get(behind.field());
                if (key != null) {
                    found.merge(comparable(key), (Long) row.get(Mapping.ID), (_, _) -> MANY);
                }
            }
        }
        return found;
    }

    private static Object comparable(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }
}
