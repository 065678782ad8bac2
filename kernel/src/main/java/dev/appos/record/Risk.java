package dev.appos.record;

/// What a step of a migration may do to a table that is in use.
public enum Risk {
    /// Neither waits for nor holds up anyone for longer than a moment, and loses nothing.
    SAFE("holds up nobody for longer than a moment"),
    /// Loses nothing, and holds up whoever uses the table, or servers of the version before.
    LOCKING("holds the table while all of it is read or written anew: run it when few are at work"),
    /// Works only if the rows that are there allow it.
    NEEDS_DATA("works only if every row allows it: those that are here now do, unless a problem below says otherwise"),
    /// Loses what is stored. Carried out only when asked for, after what is lost was dumped.
    DESTRUCTIVE("loses what is stored: runs only with --drop, and dumps it first");

    private final String meaning;

    Risk(String meaning) {
        this.meaning = meaning;
    }

    /// What it means for those at work, and what to do about it.
    public String meaning() {
        return meaning;
    }
}
