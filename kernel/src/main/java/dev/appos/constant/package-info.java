/// Constants: their values, what administrators set instead, and the objects they refer to.
///
/// Read [ConstantEngine]. An engine: may import the spine, never another engine.
@NullMarked
package dev.appos.constant;

import org.jspecify.annotations.NullMarked;
