package dev.appos.api;

/// A task that somebody did.
///
/// @param value what was chosen, or filled in
/// @param by    the user name of who did it
/// @param note  what they said with it, maybe empty
public record Completed<T>(T value, String by, String note) {}
