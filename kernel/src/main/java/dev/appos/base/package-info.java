/// The ground: references, refusals, ids, JSON, names. Knows nothing of the platform above it.
///
/// Read [Refusal] and [Ref] first. May import only `dev.appos.api` and libraries.
@NullMarked
package dev.appos.base;

import org.jspecify.annotations.NullMarked;
