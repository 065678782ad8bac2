package dev.appos.api;

import java.util.Collection;
import java.util.List;

/// A field of a record in a query: `i -> i.status().eq(OPEN)`.
public class Field<T> extends Answer<T> implements Value<T> {

    public Field(String path) {
        super(new Term(Term.Kind.PLAIN, path));
    }

    /// The column, reached through references with dots.
    public final String path() {
        return term().path();
    }

    @Override
    public final Expr expr() {
        return new Expr.Part(path());
    }

    public final Cond eq(T value) {
        return value == null ? isNull() : compare(Cond.Operator.EQ, value);
    }

    /// Both fields hold the same value; neither is empty.
    public final Cond eq(Field<T> other) {
        return against(Cond.Operator.EQ, other);
    }

    public final Cond ne(T value) {
        return value == null ? isNotNull() : compare(Cond.Operator.NE, value);
    }

    /// Both fields hold values, and not the same.
    public final Cond ne(Field<T> other) {
        return against(Cond.Operator.NE, other);
    }

    /// The field holds one of the values; no values, no records.
    public final Cond in(Collection<? extends T> values) {
        return compare(Cond.Operator.IN, List.copyOf(values));
    }

    public final Cond isNull() {
        return compare(Cond.Operator.IS, null);
    }

    public final Cond isNotNull() {
        return isNull().not();
    }

    /// How many different values there are in a group.
    public final Figure<Long> countDistinct() {
        return new Figure<>(Term.Kind.DISTINCT, path());
    }

    final Cond compare(Cond.Operator operator, Object value) {
        return new Cond.Compare(path(), operator, Plain.of(value));
    }

    final Cond against(Cond.Operator operator, Field<?> other) {
        return new Cond.Fields(path(), operator, other.path());
    }
}
