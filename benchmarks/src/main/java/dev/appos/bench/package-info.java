/// Measurements anyone can repeat: `benchmarks/run rest|dispatch|start|reload`.
///
/// Each prints the machine, both sides of the comparison measured in one run, and their ratio.
@NullMarked
package dev.appos.bench;

import org.jspecify.annotations.NullMarked;
