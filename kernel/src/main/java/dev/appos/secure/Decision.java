package dev.appos.secure;

/// What the permissions say about one call, and the rule that said it. There are two answers: silence is [Deny].
public sealed interface Decision {

    /// What decided, in words: `group crm_users may view crm.records.customer`.
    String rule();

    /// The call may go on.
    record Allow(String rule) implements Decision {}

    /// The call may not go on.
    ///
    /// @param hidden whether the caller may not even know that the object exists
    record Deny(String rule, boolean hidden) implements Decision {}
}
