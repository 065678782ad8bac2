/// Draws screens: runs the author's method and completes its tree with what the platform knows of the records in it.
///
/// Read [ScreenEngine]. An engine: may import the spine, never another engine. Knows no browser and holds no state.
@NullMarked
package dev.appos.ui;

import org.jspecify.annotations.NullMarked;
