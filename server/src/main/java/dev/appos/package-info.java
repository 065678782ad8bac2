/// The program itself: [Main] and nothing else.
@NullMarked
package dev.appos;

import org.jspecify.annotations.NullMarked;
