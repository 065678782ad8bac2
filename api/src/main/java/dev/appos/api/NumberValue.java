package dev.appos.api;

import java.math.BigDecimal;

/// A number that can be calculated with, exactly. Where a part is empty, so is the result; see [#orZero()].
public interface NumberValue {

    /// The same as data.
    Expr expr();

    /// This and the other.
    default Calculated plus(NumberValue other) {
        return apply(Expr.Function.PLUS, other.expr());
    }

    /// This and so many.
    default Calculated plus(long other) {
        return apply(Expr.Function.PLUS, fixed(other));
    }

    /// This less the other.
    default Calculated minus(NumberValue other) {
        return apply(Expr.Function.MINUS, other.expr());
    }

    /// This less so many.
    default Calculated minus(long other) {
        return apply(Expr.Function.MINUS, fixed(other));
    }

    /// This times the other.
    default Calculated times(NumberValue other) {
        return apply(Expr.Function.TIMES, other.expr());
    }

    /// This times so many.
    default Calculated times(long other) {
        return apply(Expr.Function.TIMES, fixed(other));
    }

    /// This times an exact decimal: `times("0.19")`.
    default Calculated times(String other) {
        return apply(Expr.Function.TIMES, new Expr.Fixed(new BigDecimal(other)));
    }

    /// This divided by the other, with all digits; empty where the other is zero.
    default Calculated dividedBy(NumberValue other) {
        return apply(Expr.Function.DIVIDED, other.expr());
    }

    /// This divided by so many, with all digits.
    default Calculated dividedBy(long other) {
        return apply(Expr.Function.DIVIDED, fixed(other));
    }

    /// This with so many digits after its point, the half away from zero.
    default Calculated rounded(int digits) {
        return apply(Expr.Function.ROUND, fixed(digits));
    }

    /// This, or zero where it is empty.
    default Calculated orZero() {
        return apply(Expr.Function.COALESCE, fixed(0));
    }

    private Calculated apply(Expr.Function function, Expr other) {
        return new Calculated(Expr.of(function, expr(), other));
    }

    private static Expr fixed(long number) {
        return new Expr.Fixed(BigDecimal.valueOf(number));
    }

    /// A number made of others.
    record Calculated(Expr expr) implements NumberValue, Value<BigDecimal> {}
}
