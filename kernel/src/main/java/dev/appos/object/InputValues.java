package dev.appos.object;

import dev.appos.api.Cond;
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

    /// Changes of several records, each with the record it is of.
    static Map<String, Object> each(List<Input.UpdateRecord> updates) {
        return updates.size() == 1 ? updates.getFirst().values() : Map.of("rows", updates.stream().map(one -> {
            Map<String, Object> row = new LinkedHashMap<>(one.changes());
            row.put("id", one.id());
            return row;
        }).toList());
    }

    static Map<String, Object> of(Query query) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("select", selected(query.select()));
        values.put("where", of(query.where()));
        values.put("order", query.order().stream().map(InputValues::order).toList());
        values.put("limit", query.limit());
        values.put("offset", query.offset());
        Query.Extras extras = query.extras();
        extras.after().ifPresent(cursor -> values.put("after", cursor));
        if (!extras.search().isEmpty()) {
            values.put("search", extras.search());
        }
        if (!extras.having().equals(Query.ALL)) {
            values.put("having", of(extras.having()));
        }
        return values;
    }

    static Map<String, Object> of(Input.AggregateRecords aggregate) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("select", aggregate.terms().stream().map(Term::name).toList());
        values.put("distinct", aggregate.distinct());
        values.put("where", of(aggregate.where()));
        values.put("having", of(aggregate.having()));
        values.put("order", aggregate.order().stream()
                .map(order -> order(new Query.Sort(order.path(), order.descending()))).toList());
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
            case Query.Selected.Column(String name, String alias, String cast)
                when alias.isEmpty() && cast.isEmpty() -> name;
            case Query.Selected.Column(String name, String alias, String cast) ->
                Map.of("column", name, "as", alias, "cast", cast);
            case Query.Selected.Call call -> Map.of(
                    "function", call.function().name().toLowerCase(Locale.ROOT),
                    "column", call.column(), "as", call.alias(), "cast", call.cast());
            case Query.Selected.Embed embed -> embedded(embed);
        };
    }

    private static Map<String, Object> embedded(Query.Selected.Embed embed) {
        Query query = embed.query();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("embed", embed.name());
        values.put("columns", selected(query.select()));
        if (!query.where().equals(Query.ALL)) {
            values.put("where", of(query.where()));
        }
        if (!embed.hint().isEmpty()) {
            values.put("by", embed.hint());
        }
        if (embed.inner()) {
            values.put("inner", true);
        }
        if (query.limit() != Query.LARGEST_PAGE) {
            values.put("limit", query.limit());
        }
        return values;
    }

    private static Map<String, Object> order(Query.Sort order) {
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
