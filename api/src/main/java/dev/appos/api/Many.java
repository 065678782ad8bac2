package dev.appos.api;

import java.util.List;
import java.util.function.Function;

/// The records that refer to one, in a condition on that one: `customer.invoices().any(i -> i.total().gt(5))`.
///
/// @param <F> their fields
public abstract class Many<F> {

    private final String ref;
    private final String path;
    private final String column;
    private final F fields;

    /// @param ref    their record type
    /// @param path   the id of the one they refer to, reached through references with dots
    /// @param column theirs that refers to it
    protected Many(String ref, String path, String column, F fields) {
        this.ref = ref;
        this.path = path;
        this.column = column;
        this.fields = fields;
    }

    /// There is one.
    public final Cond exists() {
        return some(new Cond.And(List.of()));
    }

    /// At least one of them fits.
    public final Cond any(Function<F, Cond> condition) {
        return some(condition.apply(fields));
    }

    /// None of them fits.
    public final Cond none(Function<F, Cond> condition) {
        return any(condition).not();
    }

    /// All of them fit, also where there is none.
    public final Cond all(Function<F, Cond> condition) {
        return some(condition.apply(fields).not()).not();
    }

    private Cond some(Cond where) {
        return new Cond.Some(path, ref, column, where);
    }
}
