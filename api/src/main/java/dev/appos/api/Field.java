package dev.appos.api;

import java.util.Collection;
import java.util.List;

/// A field of a record in a condition: `i -> i.status().eq(OPEN)`.
public class Field<T> {

    private final String path;

    public Field(String path) {
        this.path = path;
    }

    /// The column, reached through references with dots.
    public final String path() {
        return path;
    }

    public final Cond eq(T value) {
        return value == null ? isNull() : compare(Cond.Operator.EQ, value);
    }

    public final Cond ne(T value) {
        return value == null ? isNull().not() : compare(Cond.Operator.NE, value);
    }

    /// The field holds one of the values; no values, no records.
    public final Cond in(Collection<? extends T> values) {
        return compare(Cond.Operator.IN, List.copyOf(values));
    }

    public final Cond isNull() {
        return compare(Cond.Operator.IS, null);
    }

    final Cond compare(Cond.Operator operator, Object value) {
        return new Cond.Compare(path, operator, Plain.of(value));
    }
}
