package dev.appos.record;

import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.record.CsvRows.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts rows of one file so that a row comes after those it refers to. Rows that refer to each other in a ring stay
/// side by side, where one statement can take them together.
final class RowOrder {

    private final List<String> references;
    private final Map<Object, Line> byId = new HashMap<>();
    private final Set<Line> placed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Line> ordered = new ArrayList<>();

    private RowOrder(List<String> references) {
        this.references = references;
    }

    static List<Line> of(RecordDefinition record, List<Line> rows) {
        List<String> references = record.fields().stream()
                .filter(field -> field.target().filter(to -> to.record().equals(record.ref())).isPresent())
                .map(FieldDefinition::name)
                .toList();
        if (references.isEmpty()) {
            return rows;
        }
        RowOrder order = new RowOrder(references);
        rows.stream().filter(row -> row.values().containsKey(RecordTable.ID))
                .forEach(row -> order.byId.put(row.values().get(RecordTable.ID), row));
        rows.forEach(order::place);
        return order.ordered;
    }

    /// Walks by hand: a chain of rows may be longer than a stack is deep.
    private void place(Line first) {
        Deque<Line> open = new ArrayDeque<>();
        Set<Line> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        open.push(first);
        while (!open.isEmpty()) {
            Line row = open.peek();
            List<Line> before = entered.add(row) ? targets(row) : List.of();
            if (before.isEmpty()) {
                open.pop();
                if (placed.add(row)) {
                    ordered.add(row);
                }
            }
            before.forEach(open::push);
        }
    }

    private List<Line> targets(Line row) {
        List<Line> targets = new ArrayList<>();
        for (String reference : references) {
            Line target = byId.get(row.values().get(reference));
            if (target != null && target != row && !placed.contains(target)) {
                targets.add(target);
            }
        }
        return targets;
    }
}
