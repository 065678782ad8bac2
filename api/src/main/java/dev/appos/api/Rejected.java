package dev.appos.api;

/// App code says no: the caller is told the message word for word, and nothing the call did remains.
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    Rejected(String field, String message) {
        super(message);
        this.field = field;
    }

    /// The field the message is about, or an empty text when it is about the whole.
    public String field() {
        return field;
    }
}
