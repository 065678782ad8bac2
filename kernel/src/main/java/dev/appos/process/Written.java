package dev.appos.process;

/// A row of the journal, and what became of it.
record Written(Entry entry, Journal.Put put) {}
