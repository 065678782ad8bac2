/// Who there is and what they may do: principals, groups, grants, agents. Judges, never acts.
///
/// Read [Principal] and [Guard] first, then [GroupGuard], which decides, and [Directory], the memory it asks. How a
/// caller proves to be somebody is the package above, `identity`. May import `registry`, `store`, `object`, `base`.
@NullMarked
package dev.appos.secure;

import org.jspecify.annotations.NullMarked;
