/// Who asks, and what they may do: principals, users, groups, grants, sessions, keys. Judges, never acts.
///
/// Read [Principal] and [Guard] first, then [Identities], which says who asks, [GroupGuard], which decides, and
/// [Directory], the memory both ask. May import `registry`, `store`, `object`, `base`.
@NullMarked
package dev.appos.secure;

import org.jspecify.annotations.NullMarked;
