package dev.appos.api;

/// What a person decided.
///
/// @param approved whether the answer was yes
/// @param by       the user name of who decided
/// @param note     what they said with it, maybe empty
public record Approval(boolean approved, String by, String note) {}
