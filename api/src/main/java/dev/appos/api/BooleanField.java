package dev.appos.api;

/// A truth value in a query.
public final class BooleanField extends Field<Boolean> {

    public BooleanField(String path) {
        super(path);
    }

    public Cond isTrue() {
        return compare(Cond.Operator.IS, true);
    }

    /// It is false; an empty one is neither.
    public Cond isFalse() {
        return compare(Cond.Operator.IS, false);
    }
}
