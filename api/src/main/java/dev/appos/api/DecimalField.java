package dev.appos.api;

import java.math.BigDecimal;

/// A decimal in a query; exact, never a floating-point number. A text or a whole number stands for the decimal that it
/// is: `gt("0.5")`, `gt(5)`.
public final class DecimalField extends NumberField<BigDecimal> {

    public DecimalField(String path) {
        super(path);
    }

    public Cond eq(String value) {
        return eq(new BigDecimal(value));
    }

    public Cond eq(long value) {
        return eq(BigDecimal.valueOf(value));
    }

    public Cond gt(String value) {
        return gt(new BigDecimal(value));
    }

    public Cond gt(long value) {
        return gt(BigDecimal.valueOf(value));
    }

    public Cond gte(String value) {
        return gte(new BigDecimal(value));
    }

    public Cond gte(long value) {
        return gte(BigDecimal.valueOf(value));
    }

    public Cond lt(String value) {
        return lt(new BigDecimal(value));
    }

    public Cond lt(long value) {
        return lt(BigDecimal.valueOf(value));
    }

    public Cond lte(String value) {
        return lte(new BigDecimal(value));
    }

    public Cond lte(long value) {
        return lte(BigDecimal.valueOf(value));
    }

    public Cond between(String from, String to) {
        return between(new BigDecimal(from), new BigDecimal(to));
    }

    public Cond between(long from, long to) {
        return between(BigDecimal.valueOf(from), BigDecimal.valueOf(to));
    }
}
