/// What the platform knows about itself: who depends on whom, what a change touches, what changed, how it fares, and
/// the answers to questions about all that.
///
/// Read [Graph] first, then [Ask]. Works on the registry, the audit and its own tables; imports the spine only, and
/// asks other engines through the door.
@NullMarked
package dev.appos.insight;

import org.jspecify.annotations.NullMarked;
