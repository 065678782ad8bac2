package dev.appos.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

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
        return with(selection.and(condition.apply(fields())));
    }

    /// Smallest first; several orders apply in the order they were added.
    public Query<R, F> orderBy(Function<F, ? extends Field<?>> field) {
        return with(selection.ordered(field.apply(fields()).path(), false));
    }

    /// Greatest first.
    public Query<R, F> orderByDescending(Function<F, ? extends Field<?>> field) {
        return with(selection.ordered(field.apply(fields()).path(), true));
    }

    /// At most so many.
    public Query<R, F> limit(int count) {
        return with(selection.limited(count));
    }

    /// Only those whose ids are greater: the next page after the record of this id, in the order of ids, at the same
    /// cost however far it is.
    public Query<R, F> after(long id) {
        return with(selection.and(new Cond.Compare("id", Cond.Operator.GT, id)));
    }

    /// One page of them: `page(1, 50)` is the first. Pages far from the first cost what is passed over; see [#after].
    public Query<R, F> page(int number, int size) {
        return with(page(selection, number, size));
    }

    static Selection page(Selection selection, int number, int size) {
        if (number < 1) {
            throw new IllegalArgumentException("pages are counted from 1: " + number);
        }
        return selection.limited(size).from((number - 1L) * size);
    }

    /// The records, at most [Selection#MOST] of them.
    public List<R> list() {
        return rows().stream().map(Row::value).toList();
    }

    /// The records with their ids.
    public List<Row<R>> rows() {
        return Door.current().list(selection).stream().map(records::row).toList();
    }

    /// All of them in the order of their ids, however many, in constant memory: [Batches#SIZE] at a time are read, each
    /// as a call of its own, while the stream is used. What others add meanwhile may or may not be among them.
    ///
    /// @throws IllegalStateException if an order or a page was asked for: a stream has the order of ids
    public Stream<Row<R>> stream() {
        if (!selection.equals(selection.plain())) {
            throw new IllegalStateException("A stream has the order of ids and no end; leave out orderBy and limit.");
        }
        return new Batches<>(this).stream();
    }

    /// The first record, if there is one.
    public Optional<R> first() {
        return limit(1).list().stream().findFirst();
    }

    /// Whether there is one.
    public boolean exists() {
        return figure(_ -> new Field<Long>("id")).first().isPresent();
    }

    public long count() {
        return Door.current().count(selection);
    }

    /// The sum of a field; zero when no record fits.
    public BigDecimal sum(Function<F, ? extends NumberField<?>> field) {
        return Door.current().sum(selection, field.apply(fields()).path());
    }

    /// The average of a field; empty when no record fits.
    public Optional<BigDecimal> avg(Function<F, ? extends NumberField<?>> field) {
        return figure(fields -> field.apply(fields).avg()).first().flatMap(value -> value);
    }

    /// The least value of a field; empty when no record fits.
    public <T> Optional<T> min(Function<F, ? extends OrderedField<T>> field) {
        return figure(fields -> field.apply(fields).min()).first().flatMap(value -> value);
    }

    /// The greatest value of a field; empty when no record fits.
    public <T> Optional<T> max(Function<F, ? extends OrderedField<T>> field) {
        return figure(fields -> field.apply(fields).max()).first().flatMap(value -> value);
    }

    private <T> Projection<Optional<T>, F> figure(Function<F, Answer<T>> figure) {
        return with(selection.ordered(List.of())).select(figure);
    }

    /// In groups by a value: `groupBy(i -> i.customer().country()).sum(i -> i.total())`.
    public <K> Grouping<K, F> groupBy(Function<F, Answer<K>> key) {
        return new Grouping<>(with(selection.ordered(List.of())), key);
    }

    /// One value of each record: `select(i -> i.customer().name())`, empty where it is.
    public <A> Projection<Optional<A>, F> select(Function<F, Answer<A>> a) {
        return select((A value) -> Optional.ofNullable(value), a);
    }

    /// Something made of one value of each record.
    @SuppressWarnings("unchecked") // each value is read by the expression it was asked with
    public <A, X> Projection<X, F> select(Function<A, X> of, Function<F, Answer<A>> a) {
        return values(v -> of.apply((A) v[0]), List.of(a.apply(fields())));
    }

    /// Values of each record as what an author's record or method makes of them, checked by the compiler:
    /// `select(Line::new, i -> i.customer().name(), i -> i.total())`. Take `Long` and not `long` for what may be empty.
    @SuppressWarnings("unchecked") // each value is read by the expression it was asked with
    public <A, B, X> Projection<X, F> select(
            BiFunction<A, B, X> of, Function<F, Answer<A>> a, Function<F, Answer<B>> b) {
        return values(v -> of.apply((A) v[0], (B) v[1]), List.of(a.apply(fields()), b.apply(fields())));
    }

    /// The same of three values.
    @SuppressWarnings("unchecked") // each value is read by the expression it was asked with
    public <A, B, C, X> Projection<X, F> select(
            Projection.Of3<A, B, C, X> of,
            Function<F, Answer<A>> a,
            Function<F, Answer<B>> b,
            Function<F, Answer<C>> c) {
        return values(
                v -> of.of((A) v[0], (B) v[1], (C) v[2]),
                List.of(a.apply(fields()), b.apply(fields()), c.apply(fields())));
    }

    /// The same of four values.
    @SuppressWarnings("unchecked") // each value is read by the expression it was asked with
    public <A, B, C, D, X> Projection<X, F> select(
            Projection.Of4<A, B, C, D, X> of,
            Function<F, Answer<A>> a,
            Function<F, Answer<B>> b,
            Function<F, Answer<C>> c,
            Function<F, Answer<D>> d) {
        return values(
                v -> of.of((A) v[0], (B) v[1], (C) v[2], (D) v[3]),
                List.of(a.apply(fields()), b.apply(fields()), c.apply(fields()), d.apply(fields())));
    }

    /// The same of five values.
    @SuppressWarnings("unchecked") // each value is read by the expression it was asked with
    public <A, B, C, D, E, X> Projection<X, F> select(
            Projection.Of5<A, B, C, D, E, X> of,
            Function<F, Answer<A>> a,
            Function<F, Answer<B>> b,
            Function<F, Answer<C>> c,
            Function<F, Answer<D>> d,
            Function<F, Answer<E>> e) {
        return values(
                v -> of.of((A) v[0], (B) v[1], (C) v[2], (D) v[3], (E) v[4]),
                List.of(a.apply(fields()), b.apply(fields()), c.apply(fields()), d.apply(fields()), e.apply(fields())));
    }

    /// The same of six values.
    @SuppressWarnings("unchecked") // each value is read by the expression it was asked with
    public <A, B, C, D, E, G, X> Projection<X, F> select(
            Projection.Of6<A, B, C, D, E, G, X> of,
            Function<F, Answer<A>> a,
            Function<F, Answer<B>> b,
            Function<F, Answer<C>> c,
            Function<F, Answer<D>> d,
            Function<F, Answer<E>> e,
            Function<F, Answer<G>> g) {
        return values(
                v -> of.of((A) v[0], (B) v[1], (C) v[2], (D) v[3], (E) v[4], (G) v[5]),
               
                List.of(a.apply(fields()), b.apply(fields()), c.apply(fields()), d.apply(fields()), e.apply(fields()),
                        g.apply(fields())));
    }

    private <X> Projection<X, F> values(Function<Object[], X> maker, List<Answer<?>> values) {
        if (!selection.order().isEmpty()) {
            throw new IllegalStateException("Order what is selected: select(…).orderBy(…).");
        }
        return new Projection<>(fields(), selection, maker, values);
    }

    private Query<R, F> with(Selection next) {
        return new Query<>(records, next);
    }

    private F fields() {
        return records.fields();
    }
}
