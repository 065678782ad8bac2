package dev.appos.object;

import java.util.Optional;

/// What holds of a field whatever it holds.
///
/// @param required    whether it is never empty
/// @param unique      whether no two records may share a value
/// @param renamedFrom the column it was before, if the author says so
public record FieldTraits(boolean required, boolean unique, Optional<String> renamedFrom) {

    /// May be left out, may be shared, was never called otherwise.
    public static final FieldTraits NONE = new FieldTraits(false, false, Optional.empty());

    public FieldTraits(boolean required, boolean unique) {
        this(required, unique, Optional.empty());
    }
}
