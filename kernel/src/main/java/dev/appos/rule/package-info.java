/// Runs rules: inputs checked, body called.
///
/// Read [RuleEngine]. An engine: may import the spine, never another engine.
@NullMarked
package dev.appos.rule;

import org.jspecify.annotations.NullMarked;
