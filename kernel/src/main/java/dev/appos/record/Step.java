package dev.appos.record;

/// One change of a table.
///
/// @param app    whose table it is
/// @param what   the change in words: `add customers.email`
/// @param reason why it bears this risk, and what to do about it
/// @param sql    the statement, or statements with semicolons between them; without one at the end
/// @param run    how it runs
public record Step(String app, Risk risk, String what, String reason, String sql, Run run) {

    /// How a step runs.
    public enum Run {
        /// With the others of its app, in one transaction.
        TOGETHER,
        /// The same, after all others: it refers to a table of another app.
        ACROSS,
        /// After all of them, each statement by itself: what reads a whole table holds up nobody then. The statements
        /// may run again from the first one.
        STEPWISE
    }
}
