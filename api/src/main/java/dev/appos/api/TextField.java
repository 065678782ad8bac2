package dev.appos.api;

/// A text in a condition.
public final class TextField extends OrderedField<String> {

    public TextField(String path) {
        super(path);
    }

    /// Matches a pattern in which `*` stands for any characters, whatever the case.
    public Cond like(String pattern) {
        return compare(Cond.Operator.ILIKE, pattern);
    }

    /// Holds the text somewhere, whatever the case.
    public Cond contains(String text) {
        return like("*" + text + "*");
    }
}
