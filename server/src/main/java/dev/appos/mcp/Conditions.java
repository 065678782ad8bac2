package dev.appos.mcp;

import dev.appos.api.Cond;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the `where` of a list tool: `{"country": "Brazil", "total": {"gt": 5}}`, all of which must hold.
final class Conditions {

    private static final Map<String, Cond.Operator> OPERATORS = Map.of(
            "eq", Cond.Operator.EQ,
            "ne", Cond.Operator.NE,
            "gt", Cond.Operator.GT,
            "gte", Cond.Operator.GTE,
            "lt", Cond.Operator.LT,
            "lte", Cond.Operator.LTE,
            "like", Cond.Operator.ILIKE,
            "in", Cond.Operator.IN,
            "is", Cond.Operator.IS);

    private Conditions() {}

    static Cond read(Map<String, Object> where) {
        List<Cond> conditions = new ArrayList<>();
        where.forEach((column, wanted) -> {
            if (wanted instanceof Map<?, ?> operators) {
                operators.forEach((word, value) -> conditions.add(compare(column, (String) word, value)));
            } else {
                conditions.add(new Cond.Compare(column, wanted == null ? Cond.Operator.IS : Cond.Operator.EQ, wanted));
            }
        });
        return new Cond.And(conditions);
    }

    /// A text anywhere in one of the record's search fields.
    static Cond search(RecordDefinition record, String text) {
        List<String> columns = record.search().isEmpty() ? record.display() : record.search();
        return new Cond.Or(columns.stream()
                .map(column -> (Cond) new Cond.Compare(column, Cond.Operator.ILIKE, "*" + text + "*"))
                .toList());
    }

    private static Cond compare(String column, String word, Object value) {
        Cond.Operator operator = OPERATORS.get(word);
        if (operator == null) {
            throw Refusal.invalid(
                    "The condition",
                    "/where/" + column,
                    "operator",
                    "has the unknown operator \"" + word + "\". " + Nearest.remedy(word, OPERATORS.keySet()));
        }
        return new Cond.Compare(column, operator, value);
    }
}
