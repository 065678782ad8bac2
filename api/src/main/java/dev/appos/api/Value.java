package dev.appos.api;

/// What a computed field may be made of: a field of the record, or something made of fields.
public interface Value<T> {

    /// The same as data.
    Expr expr();

    /// This, or the other where this is empty.
    default Value<T> orElse(T other) {
        return new Made<>(Expr.of(Expr.Function.COALESCE, expr(), new Expr.Fixed(other)));
    }

    /// A value made of others.
    record Made<T>(Expr expr) implements Value<T> {}
}
