package dev.appos.registry;

import dev.appos.base.Ref;

/// One object touches another, as its source says or as a call showed.
///
/// @param access what it does with it: `read`, `write`, `execute`, `render` or `type`
/// @param file   below the apps folder; with `line` the place in the source
public record Reference(Ref from, Ref to, String access, String file, int line) {}
