package dev.appos.api;

/// A field whose values have an order: numbers, dates, instants, texts.
public class OrderedField<T> extends Field<T> {

    public OrderedField(String path) {
        super(path);
    }

    public final Cond gt(T value) {
        return compare(Cond.Operator.GT, value);
    }

    public final Cond gte(T value) {
        return compare(Cond.Operator.GTE, value);
    }

    public final Cond lt(T value) {
        return compare(Cond.Operator.LT, value);
    }

    public final Cond lte(T value) {
        return compare(Cond.Operator.LTE, value);
    }
}
