/// Puts the house together: settings read, every part made by its constructor and handed to the next, in one place.
///
/// Read [Platform]: its constructor is the wiring of everything. Knows every package; no package but `cli` knows it.
@NullMarked
package dev.appos.boot;

import org.jspecify.annotations.NullMarked;
