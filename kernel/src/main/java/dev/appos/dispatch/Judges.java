package dev.appos.dispatch;

import dev.appos.govern.Approvals;
import dev.appos.govern.Governor;
import dev.appos.govern.Ledger;
import dev.appos.secure.Guard;

/// Whom the door asks, in this order: may the principal, do the agent's policies let it, has a person approved, does
/// the budget pay.
public record Judges(Guard guard, Governor governor, Approvals approvals, Ledger ledger) {}
