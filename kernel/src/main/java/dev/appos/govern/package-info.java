/// What agents may do beyond permissions: policies, approvals, budgets. Judges, never acts.
///
/// Read [Governor] and [Verdict] first, then [PolicyGovernor], [StoredApprovals] and [StoredLedger].
/// May import `secure`, `registry`, `store`, `object`, `base`.
@NullMarked
package dev.appos.govern;

import org.jspecify.annotations.NullMarked;
