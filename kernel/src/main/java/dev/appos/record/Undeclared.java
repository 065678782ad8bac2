package dev.appos.record;

/// What becomes of columns and tables for which nothing is declared any more.
public enum Undeclared {
    /// They stay, hidden; their columns need not be given.
    KEEP,
    /// They are dropped with all that is in them, after it was dumped.
    DROP
}
