package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Our own `Prefer: atomic=false`: each row that was sent is a call of its own, undone alone when it is refused, and
/// the answer says of each what became of it.
final class RowByRow {

    private final RecordCalls calls;

    RowByRow(RecordCalls calls) {
        this.calls = calls;
    }

    Response create(
            Request request, RecordDefinition record, List<Map<String, @Nullable Object>> rows, List<String> key) {
        Preferences preferences = Preferences.of(request);
        List<Map<String, Object>> operations = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, Object> operation = begun(record, preferences.merges().isPresent() ? "upsert" : "create", row);
            preferences.merges().ifPresent(merge -> {
                operation.put("on_conflict", key);
                operation.put("resolution", merge ? "merge-duplicates" : "ignore-duplicates");
            });
            operations.add(operation);
        }
        return answer(request, operations, 201);
    }

    Response update(Request request, RecordDefinition record, List<?> rows) {
        List<Map<String, Object>> operations = new ArrayList<>();
        for (Object row : rows) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(Json.object(row, "Each record"));
            Object id = values.remove("id");
            Object version = values.remove("version");
            Map<String, Object> operation = begun(record, "update", values);
            operation.put("id", literal(id));
            if (version != null) {
                operation.put("version", literal(version));
            }
            operations.add(operation);
        }
        return answer(request, operations, 200);
    }

    /// What a row holds stands for itself: rows do not refer to each other.
    private static Map<String, Object> begun(RecordDefinition record, String action, Map<String, ?> values) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("object", record.ref().toString());
        operation.put("action", action);
        operation.put("values", literal(values));
        return operation;
    }

    private static Map<String, @Nullable Object> literal(@Nullable Object value) {
        Map<String, @Nullable Object> literal = new LinkedHashMap<>();
        literal.put("$literal", value);
        return literal;
    }

    private Response answer(Request request, List<Map<String, Object>> operations, int good) {
        if (operations.isEmpty()) {
            return Response.json(good, List.of());
        }
        List<Map<String, @Nullable Object>> results = TransactionRoutes.results(calls.transaction(request, operations));
        List<Map<String, @Nullable Object>> shown = results.stream().map(RowByRow::shown).toList();
        boolean all = results.stream().allMatch(result -> (Integer) result.get("status") < 400);
        return Response.json(all ? good : 207, shown).with("Preference-Applied", "atomic=false");
    }

    private static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> result) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("status", result.get("status"));
        if (result.get("answer") instanceof Map<?, ?> row) {
            shown.put("id", row.get("id"));
            shown.put("version", row.get("version"));
        }
        for (String key : List.of("reason", "detail", "remedy", "errors", "approval")) {
            if (result.containsKey(key)) {
                shown.put(key, result.get(key));
            }
        }
        return shown;
    }
}
