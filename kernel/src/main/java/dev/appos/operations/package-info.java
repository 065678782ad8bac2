/// What administrators do, and what everyone may do about himself: users, groups, grants, keys, sessions, agents,
/// policies, approvals, audit.
///
/// Read [Operations] first. A side of the spine like the engines: may import it, and none of them. It writes no table itself but
/// asks the owner of each, and never decides what the guard decides.
@NullMarked
package dev.appos.operations;

import org.jspecify.annotations.NullMarked;
