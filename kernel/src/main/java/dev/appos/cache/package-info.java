/// What nodes share for a while and can do without: counters of rates, small values, messages. Read [SharedCache]
/// first.
///
/// It may never decide who may do what: it stands above the packages that do, so they cannot ask it, and everything in
/// it can be lost at any moment.
@NullMarked
package dev.appos.cache;

import org.jspecify.annotations.NullMarked;
