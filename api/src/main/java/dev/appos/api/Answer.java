package dev.appos.api;

/// A value that a query can answer for each record or each group of them: a field, the month of a date, a sum.
///
/// @param <T> what it answers; null where a field is empty or a reference leads nowhere
public class Answer<T> {

    private final Term term;

    Answer(Term term) {
        this.term = term;
    }

    final Term term() {
        return term;
    }

    /// The value as app code gets it.
    @SuppressWarnings("unchecked") // the platform answers values of the type of the field
    T read(Object value) {
        return (T) value;
    }
}
