package dev.appos.object;

import dev.appos.api.Cond;
import dev.appos.api.Selection.Order;
import dev.appos.api.Term;
import dev.appos.base.Plain;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions and queries as JSON-like values: `{"and": [{"column": "id", "op": "in", "value": [22, 23]}]}`. People who
/// approve read them, policies look into them, and a digest of them says exactly which records were meant.
final class InputValues {

    private InputValues() {}

    static Map<String, Object> of(Query query) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("select", selected(query.select()));
        values.put("where", of(query.where()));
        values.put("order", query.order().stream().map(InputValues::order).toList());
        values.put("limit", query.limit());
        values.put("offset", query.offset());
        return values;
    }

    static Map<String, Object> of(Input.AggregateRecords aggregate) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("select", aggregate.terms().stream().map(Term::name).toList());
        values.put("distinct", aggregate.distinct());
        values.put("where", of(aggregate.where()));
        values.put("having", of(aggregate.having()));
        values.put("order", aggregate.order().stream().map(InputValues::order).toList());
        values.put("limit", aggregate.limit());
        values.put("offset", aggregate.offset());
        return values;
    }

    static Map<String, @Nullable Object> of(Cond condition) {
        return switch (condition) {
            case Cond.And and -> Map.of("and", and.conditions().stream().map(InputValues::of).toList());
            case Cond.Or or -> Map.of("or", or.conditions().stream().map(InputValues::of).toList());
            case Cond.Not not -> Map.of("not", of(not.condition()));
            case Cond.Fields two -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                values.put("column", two.path());
                values.put("op", two.operator().name().toLowerCase(Locale.ROOT));
                values.put("other", two.other());
                yield values;
            }
            case Cond.Some some -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                values.put("some", some.ref() + "." + some.column());
                values.put("of", some.path());
                values.put("where", of(some.where()));
                yield values;
            }
            case Cond.Compare compare -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                values.put("column", compare.path());
                values.put("op", compare.operator().name().toLowerCase(Locale.ROOT));
                values.put("value", plain(compare.value()));
                yield values;
            }
        };
    }

    static List<Object> selected(List<Query.Selected> select) {
        return select.stream().map(InputValues::selected).toList();
    }

    private static Object selected(Query.Selected selected) {
        return switch (selected) {
            case Query.Selected.Column column -> column.name();
            case Query.Selected.Embed embed -> Map.of("embed", embed.name(), "columns", embed.columns());
        };
    }

    private static Map<String, Object> order(Order order) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("column", order.path());
        values.put("descending", order.descending());
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            case Enum<?> constant -> Plain.of(constant);
            case Collection<?> list -> list.stream().map(InputValues::plain).toList();
            default -> value.toString();
        };
    }
}
