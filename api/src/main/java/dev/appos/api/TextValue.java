package dev.appos.api;

import java.util.ArrayList;
import java.util.List;

/// A text that others can be made of.
public interface TextValue {

    /// The same as data.
    Expr expr();

    /// This and the others in a row, with this text between them; what is empty is left out with nothing in its place.
    default Composed join(String between, TextValue... others) {
        List<Expr> parts = new ArrayList<>();
        parts.add(expr());
        for (TextValue other : others) {
            parts.add(new Expr.Fixed(between));
            parts.add(other.expr());
        }
        return new Composed(new Expr.Apply(Expr.Function.CONCAT, parts));
    }

    /// This in small letters.
    default Composed lower() {
        return new Composed(Expr.of(Expr.Function.LOWER, expr()));
    }

    /// This in capitals.
    default Composed upper() {
        return new Composed(Expr.of(Expr.Function.UPPER, expr()));
    }

    /// How many characters it has.
    default NumberValue.Calculated length() {
        return new NumberValue.Calculated(Expr.of(Expr.Function.LENGTH, expr()));
    }

    /// A text made of others.
    record Composed(Expr expr) implements TextValue, Value<String> {}
}
