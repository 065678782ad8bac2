package dev.appos.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// All records of one type: what `records.customer` is. Every method is a call through the door, so it is checked,
/// measured and recorded as a dependency.
///
/// @param <R> the author's record
/// @param <F> its fields in conditions
/// @param <C> a change of it
public abstract class RecordSet<R, F, C extends Change> {

    private final String ref;
    private final F fields;
    private final Supplier<C> change;

    protected RecordSet(String ref, F fields, Supplier<C> change) {
        this.ref = ref;
        this.fields = fields;
        this.change = change;
    }

    /// Makes the author's record from a row by column; generated.
    protected abstract R read(Map<String, Object> row);

    /// The reference: `crm.records.customer`.
    public final String ref() {
        return ref;
    }

    /// One record.
    ///
    /// @throws RuntimeException a refusal if there is none the caller may see
    public final R get(long id) {
        return row(id).value();
    }

    /// One record with its id and version.
    public final Row<R> row(long id) {
        return row(Door.current().get(ref, id));
    }

    /// One record, if there is one the caller may see.
    public final Optional<R> find(long id) {
        Selection one = Selection.all(ref).and(new Cond.Compare("id", Cond.Operator.EQ, id)).limited(1);
        return Door.current().list(one).stream().map(this::row).map(Row::value).findFirst();
    }

    /// The records that fit.
    public final Query<R, F> where(Function<F, Cond> condition) {
        return all().where(condition);
    }

    /// Every record.
    public final Query<R, F> all() {
        return new Query<>(this, Selection.all(ref));
    }

    public final long count() {
        return all().count();
    }

    /// The sum of a field over every record.
    public final BigDecimal sum(Function<F, ? extends NumberField<?>> field) {
        return all().sum(field);
    }

    /// Adds a record and answers its id.
    @Writes
    public final long create(UnaryOperator<C> values) {
        return Door.current().create(ref, values.apply(change.get()).values());
    }

    /// Changes the fields that are named and no others.
    @Writes
    public final void update(long id, UnaryOperator<C> values) {
        Door.current().update(ref, id, values.apply(change.get()).values());
    }

    /// Adds a record for each element, all or none in one call, and answers their ids in the same order:
    /// `createAll(names, (c, name) -> c.name(name))`. At most 1,000 at once.
    @Writes
    public final <T> List<Long> createAll(Collection<T> elements, BiFunction<C, T, C> values) {
        return Door.current().createAll(
                ref, elements.stream().map(each -> values.apply(change.get(), each).values()).toList());
    }

    /// Adds a record, or changes the one that has the same values in these fields, and answers its id:
    /// `upsert(c -> c.email(mail).name(name), c -> c.email())`. The fields are those of a unique key and are among the
    /// values. Two who do so at once make one record.
    ///
    /// @throws RuntimeException a refusal if the record is there and hidden from the caller: it is left as it is
    @Writes
    @SafeVarargs
    public final long upsert(UnaryOperator<C> values, Function<F, ? extends Field<?>>... key) {
        return Door.current().upsert(ref, values.apply(change.get()).values(),
                Arrays.stream(key).map(each -> each.apply(fields).path()).toList());
    }

    /// Changes every record that fits, all or none in one call, and answers how many there are. At most 10,000.
    ///
    /// @throws RuntimeException a refusal if the condition is [Words#everything]
    @Writes
    public final long update(Function<F, Cond> condition, UnaryOperator<C> values) {
        return Door.current().updateAll(ref, condition.apply(fields), values.apply(change.get()).values());
    }

    @Writes
    public final void delete(long id) {
        Door.current().delete(ref, id);
    }

    /// Removes every record that fits, all or none in one call, and answers how many there were. At most 10,000.
    ///
    /// @throws RuntimeException a refusal if the condition is [Words#everything]
    @Writes
    public final long delete(Function<F, Cond> condition) {
        return Door.current().deleteAll(ref, condition.apply(fields));
    }

    /// Refuses unless the caller may see this field; what an author's record asks before it answers a restricted one.
    protected static void see(String ref, String column) {
        Door.current().see(ref, column);
    }

    final F fields() {
        return fields;
    }

    final Row<R> row(Map<String, Object> row) {
        return new Row<>(
                (Long) row.get("id"),
                (Integer) row.get("version"),
                read(row),
                (Instant) row.get("created_at"),
                (Instant) row.get("updated_at"));
    }
}
