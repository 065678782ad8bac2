package dev.appos.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Records in groups by one value, not read yet. Each method is one call and one statement; it answers the groups in
/// the order of their values. For several values or several figures at once see [Query#select].
///
/// @param <K> by what they are grouped; records in which it is empty are a group under null
/// @param <F> the fields of the records
public final class Grouping<K, F> {

    private final Query<?, F> query;
    private final Function<F, Answer<K>> key;

    Grouping(Query<?, F> query, Function<F, Answer<K>> key) {
        this.query = query;
        this.key = key;
    }

    /// How many records are in each group.
    public Map<K, Long> count() {
        return figure(_ -> Words.count());
    }

    public Map<K, BigDecimal> sum(Function<F, ? extends NumberField<?>> field) {
        return figure(fields -> field.apply(fields).sum());
    }

    public Map<K, BigDecimal> avg(Function<F, ? extends NumberField<?>> field) {
        return figure(fields -> field.apply(fields).avg());
    }

    public <T> Map<K, T> min(Function<F, ? extends OrderedField<T>> field) {
        return figure(fields -> field.apply(fields).min());
    }

    public <T> Map<K, T> max(Function<F, ? extends OrderedField<T>> field) {
        return figure(fields -> field.apply(fields).max());
    }

    private <T> Map<K, T> figure(Function<F, Answer<T>> figure) {
        Map<K, T> groups = new LinkedHashMap<>();
        query.select((K by, T value) -> groups.put(by, value), key, figure).orderBy(key).list();
        return groups;
    }
}
