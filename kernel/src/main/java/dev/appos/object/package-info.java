/// What can be defined in an app and what can be asked of it: definitions, inputs, permissions. Data only.
///
/// Read [Definition] and [Input] first. May import `base` and the author's API; does nothing, decides nothing.
@NullMarked
package dev.appos.object;

import org.jspecify.annotations.NullMarked;
