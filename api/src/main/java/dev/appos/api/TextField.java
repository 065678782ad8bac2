package dev.appos.api;

/// A text in a query.
public final class TextField extends OrderedField<String> implements TextValue {

    public TextField(String path) {
        super(path);
    }

    /// Matches a pattern in which `*` stands for any characters, whatever the case.
    public Cond like(String pattern) {
        return compare(Cond.Operator.ILIKE, pattern);
    }

    /// Holds the text somewhere, whatever the case. A `*` in it stands for any characters.
    public Cond contains(String text) {
        return like("*" + text + "*");
    }

    /// Begins with the text, whatever the case. A `*` in it stands for any characters.
    public Cond startsWith(String text) {
        return like(text + "*");
    }

    /// Ends with the text, whatever the case. A `*` in it stands for any characters.
    public Cond endsWith(String text) {
        return like("*" + text);
    }
}
