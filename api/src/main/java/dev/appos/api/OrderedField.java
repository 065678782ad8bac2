package dev.appos.api;

/// A field whose values have an order: numbers, dates, instants, texts.
public class OrderedField<T> extends Field<T> {

    public OrderedField(String path) {
        super(path);
    }

    public final Cond gt(T value) {
        return compare(Cond.Operator.GT, value);
    }

    public final Cond gt(OrderedField<T> other) {
        return against(Cond.Operator.GT, other);
    }

    public final Cond gte(T value) {
        return compare(Cond.Operator.GTE, value);
    }

    public final Cond gte(OrderedField<T> other) {
        return against(Cond.Operator.GTE, other);
    }

    public final Cond lt(T value) {
        return compare(Cond.Operator.LT, value);
    }

    public final Cond lt(OrderedField<T> other) {
        return against(Cond.Operator.LT, other);
    }

    public final Cond lte(T value) {
        return compare(Cond.Operator.LTE, value);
    }

    public final Cond lte(OrderedField<T> other) {
        return against(Cond.Operator.LTE, other);
    }

    /// From the one to the other, both included.
    public final Cond between(T from, T to) {
        return gte(from).and(lte(to));
    }

    /// The least in a group.
    public final Figure<T> min() {
        return new Figure<>(Term.Kind.MIN, this);
    }

    /// The greatest in a group.
    public final Figure<T> max() {
        return new Figure<>(Term.Kind.MAX, this);
    }
}
