package dev.appos.api;

/// A figure of a group of records: a count, a sum. It can be answered, ordered by, and asked about with `having`.
public final class Figure<T> extends Answer<T> {

    private final Answer<T> reader;

    Figure(Term.Kind kind, String path) {
        super(new Term(kind, path));
        this.reader = this;
    }

    /// Of the values of a field, answered like them.
    Figure(Term.Kind kind, Field<T> field) {
        super(new Term(kind, field.path()));
        this.reader = field;
    }

    @Override
    T read(Object value) {
        return reader == this ? super.read(value) : reader.read(value);
    }

    public Cond eq(T value) {
        return compare(Cond.Operator.EQ, value);
    }

    public Cond gt(T value) {
        return compare(Cond.Operator.GT, value);
    }

    public Cond gte(T value) {
        return compare(Cond.Operator.GTE, value);
    }

    public Cond lt(T value) {
        return compare(Cond.Operator.LT, value);
    }

    public Cond lte(T value) {
        return compare(Cond.Operator.LTE, value);
    }

    /// A whole number as bound, for sums and counts alike.
    public Cond gt(long value) {
        return compare(Cond.Operator.GT, value);
    }

    /// A whole number as bound, for sums and counts alike.
    public Cond gte(long value) {
        return compare(Cond.Operator.GTE, value);
    }

    /// A whole number as bound, for sums and counts alike.
    public Cond lt(long value) {
        return compare(Cond.Operator.LT, value);
    }

    /// A whole number as bound, for sums and counts alike.
    public Cond lte(long value) {
        return compare(Cond.Operator.LTE, value);
    }

    private Cond compare(Cond.Operator operator, Object value) {
        return new Cond.Compare(term().name(), operator, Plain.of(value));
    }
}
