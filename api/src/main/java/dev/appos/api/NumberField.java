package dev.appos.api;

import java.math.BigDecimal;

/// A number: it can be added up. Sums and averages are exact decimals.
public class NumberField<T extends Number> extends OrderedField<T> implements NumberValue {

    public NumberField(String path) {
        super(path);
    }

    /// The sum over a group; zero where every value is empty.
    public final Figure<BigDecimal> sum() {
        return new Figure<>(Term.Kind.SUM, path());
    }

    /// The average over a group; null where every value is empty.
    public final Figure<BigDecimal> avg() {
        return new Figure<>(Term.Kind.AVG, path());
    }
}
