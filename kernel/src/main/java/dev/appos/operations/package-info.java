/// What administrators do, and what everyone may do about himself: users, groups, grants, keys, sessions, agents,
/// policies, approvals, audit.
///
/// Read [Operations] first. Stands beside the engines: may import the spine, and none of them. It writes no table
/// itself but asks the owner of each, and never decides what the guard decides.
@NullMarked
package dev.appos.operations;

import org.jspecify.annotations.NullMarked;
