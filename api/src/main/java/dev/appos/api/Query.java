package dev.appos.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Records that fit a condition, not read yet. Each reading method is one call through the door.
public final class Query<R, F> {

    private final RecordSet<R, F, ?> records;
    private final Selection selection;

    Query(RecordSet<R, F, ?> records, Selection selection) {
        this.records = records;
        this.selection = selection;
    }

    /// Only those that fit this condition too.
    public Query<R, F> where(Function<F, Cond> condition) {
        return new Query<>(records, selection.and(condition.apply(records.fields())));
    }

    /// Smallest first; several orders apply in the order they were added.
    public Query<R, F> orderBy(Function<F, ? extends Field<?>> field) {
        return new Query<>(records, selection.ordered(field.apply(records.fields()).path(), false));
    }

    /// Greatest first.
    public Query<R, F> orderByDescending(Function<F, ? extends Field<?>> field) {
        return new Query<>(records, selection.ordered(field.apply(records.fields()).path(), true));
    }

    /// At most so many.
    public Query<R, F> limit(int count) {
        return new Query<>(records, selection.limited(count));
    }

    /// The records, at most [Selection#MOST] of them.
    public List<R> list() {
        return rows().stream().map(Row::value).toList();
    }

    /// The records with their ids.
    public List<Row<R>> rows() {
        return Door.current().list(selection).stream().map(records::row).toList();
    }

    /// The first record, if there is one.
    public Optional<R> first() {
        return limit(1).list().stream().findFirst();
    }

    public long count() {
        return Door.current().count(selection);
    }

    /// The sum of a field; zero when no record fits.
    public BigDecimal sum(Function<F, DecimalField> field) {
        return Door.current().sum(selection, field.apply(records.fields()).path());
    }
}
