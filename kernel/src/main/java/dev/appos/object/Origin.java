package dev.appos.object;

import dev.appos.api.Expr;

/// Where the value of a field comes from when a record is created.
public sealed interface Origin {

    /// From the caller, or it is empty.
    Origin GIVEN = new Given();

    /// From the caller, or it is empty.
    record Given() implements Origin {}

    /// From the caller, or this: JSON text without quotes.
    record Literal(String written) implements Origin {}

    /// From the caller, or what is so at that moment.
    enum Moment implements Origin {
        /// The time, of an instant.
        NOW,
        /// The day in UTC, of a date.
        TODAY,
        /// The name of whoever creates the record, of a text.
        USER
    }

    /// From the platform alone: the next of its numbers, in this pattern.
    record Running(String pattern) implements Origin {}

    /// From the platform alone: what the other fields of the record make of it, at any time.
    ///
    /// @param stored whether it is kept in the table, or made when it is read
    record Computed(Expr expression, boolean stored) implements Origin {}
}
