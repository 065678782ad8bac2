package dev.appos.api;

/// A whole number that may be large, so that an author can write `gt(5)` and need not write `gt(5L)`.
public final class LongField extends NumberField<Long> {

    public LongField(String path) {
        super(path);
    }

    public Cond eq(long value) {
        return eq((Long) value);
    }

    public Cond ne(long value) {
        return ne((Long) value);
    }

    public Cond gt(long value) {
        return gt((Long) value);
    }

    public Cond gte(long value) {
        return gte((Long) value);
    }

    public Cond lt(long value) {
        return lt((Long) value);
    }

    public Cond lte(long value) {
        return lte((Long) value);
    }

    public Cond between(long from, long to) {
        return between((Long) from, (Long) to);
    }
}
