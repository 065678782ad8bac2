package dev.appos.record;

/// What a step of a migration may do to a table that is in use.
public enum Risk {
    /// Neither waits for nor holds up anyone for longer than a moment, and loses nothing.
    SAFE,
    /// Loses nothing, and holds the table while it reads all of it.
    LOCKING,
    /// Works only if the rows that are there allow it.
    NEEDS_DATA,
    /// Would lose what is stored. Never carried out by itself.
    DESTRUCTIVE
}
