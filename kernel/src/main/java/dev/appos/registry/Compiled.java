package dev.appos.registry;

import dev.appos.base.Ref;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a compilation tells of the code of each object.
///
/// @param hashes  a fingerprint of everything that an object runs, by its reference
/// @param bundles the classes of a process; nothing for other objects. Asked seldom: it looks through the class files
public record Compiled(Map<Ref, String> hashes, Function<Ref, Optional<Bundle>> bundles) {

    /// What nothing is known of, as it was not compiled.
    public static final Compiled NOTHING = new Compiled(Map.of(), _ -> Optional.empty());

    public Compiled {
        hashes = Map.copyOf(hashes);
    }
}
