/// From what a caller presents to a principal: accounts, passwords, keys, sessions, logins.
///
/// Read [Identities] first: it says who asks. [Logins] is how a person comes in, [Credentials] how a warm call is
/// recognised, [Accounts] names the owner of each table. It never decides what somebody may do: that is
/// [dev.appos.secure.Guard]'s. May import `secure`, `registry`, `store`, `object`, `base`.
@NullMarked
package dev.appos.identity;

import org.jspecify.annotations.NullMarked;
