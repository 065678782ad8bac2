package dev.appos.registry;

import dev.appos.base.Ref;

/// One object touches another, as its source says or as a call showed.
///
/// @param access what it does with it: `read`, `write`, `execute`, `render` or `type`
/// @param file   below the apps folder; with `line` the place in the source
/// @param member what of it is named there, as the source has it: `creditLimit`; empty for the whole
public record Reference(Ref from, Ref to, String access, String file, int line, String member) {

    /// A use of the whole.
    public Reference(Ref from, Ref to, String access, String file, int line) {
        this(from, to, access, file, line, "");
    }
}
