package dev.appos.govern;

/// What the policies of an agent say about one call, and the rule that said it.
///
/// @param policy  the policy, or `skills` or `none`
/// @param version of the policy, 0 where there is none
/// @param rule    the rule in it, by name or place
/// @param reason  one sentence for the agent and for the audit
public record Verdict(Kind kind, String policy, int version, String rule, String reason) {

    /// Strictest last: of several verdicts the strictest counts.
    public enum Kind {
        ALLOW,
        /// Allowed, and kept for review.
        AUDIT,
        /// A person must approve first.
        ASK,
        DENY
    }
}
