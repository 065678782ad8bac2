package dev.appos.record;

/// One change of a table.
///
/// @param app    whose table it is
/// @param what   the change in words: `add customers.email`
/// @param sql    the statement, without a semicolon
/// @param across whether it refers to a table of another app, and so comes after all others
public record Step(String app, Risk risk, String what, String sql, boolean across) {}
