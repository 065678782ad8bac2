package dev.appos.api;

import java.math.BigDecimal;

/// A decimal in a condition or a sum; exact, never a floating-point number.
public final class DecimalField extends OrderedField<BigDecimal> {

    public DecimalField(String path) {
        super(path);
    }

    /// Lets an author write `gt("0.5")` and `gt(5)` for exact decimals.
    public Cond gt(String value) {
        return gt(new BigDecimal(value));
    }

    /// A whole number as bound.
    public Cond gt(long value) {
        return gt(BigDecimal.valueOf(value));
    }

    /// An exact decimal as bound.
    public Cond lt(String value) {
        return lt(new BigDecimal(value));
    }

    /// A whole number as bound.
    public Cond lt(long value) {
        return lt(BigDecimal.valueOf(value));
    }
}
