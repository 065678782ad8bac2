/// Which objects are live, and who depends on whom.
///
/// Read [Snapshot] first: an immutable picture of every app, swapped in whole by [Registry]. May import `store`,
/// `object`, `base`; decides nothing and runs nothing.
@NullMarked
package dev.appos.registry;

import org.jspecify.annotations.NullMarked;
