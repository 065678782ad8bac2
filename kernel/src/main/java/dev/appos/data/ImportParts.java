package dev.appos.data;

import dev.appos.base.Ids;
import dev.appos.registry.Registry;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.trace.JsonLog;
import java.time.Clock;
import java.util.function.Function;

/// What imports work with.
///
/// @param principals the active account of a name, as it is now; refuses where there is none
public record ImportParts(
        Database database,
        Registry registry,
        Function<String, Principal> principals,
        Uploads uploads,
        Ids ids,
        JsonLog log,
        Clock clock) {}
