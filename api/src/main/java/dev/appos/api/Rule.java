package dev.appos.api;

/// A rule named as a value, whatever its number of arguments.
///
/// @param <R> what it answers
public sealed interface Rule<R> permits Rule0, Rule1, Rule2, Rule3, Rule4 {

    /// The reference: `crm.rules.customer_ltv`.
    String ref();
}
