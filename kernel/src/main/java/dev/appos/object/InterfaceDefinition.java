package dev.appos.object;

import dev.appos.api.InterfaceType;
import dev.appos.base.Ref;
import java.util.Optional;

/// A screen declared as a method.
///
/// @param record the record type it shows, if it says so
public record InterfaceDefinition(
        Ref ref, Optional<Ref> record, InterfaceType type, Access access, Source source) implements Definition {

    @Override
    public String description() {
        return "";
    }
}
