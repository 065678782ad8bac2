package dev.appos.api;

import java.util.List;

/// What a computed field is made of: a closed set, so that PostgreSQL computes it and everybody can read it.
public sealed interface Expr {

    /// What can be done with values.
    enum Function {
        PLUS, MINUS, TIMES, DIVIDED, ROUND, CONCAT, LOWER, UPPER, LENGTH, COALESCE
    }

    /// A field of the same record, by its column.
    record Part(String field) implements Expr {}

    /// A value that is always the same: a text, a number or a truth.
    record Fixed(Object value) implements Expr {}

    /// A function of these.
    static Expr of(Function function, Expr... of) {
        return new Apply(function, List.of(of));
    }

    /// Values put together.
    record Apply(Function function, List<Expr> of) implements Expr {

        public Apply {
            of = List.copyOf(of);
        }
    }
}
