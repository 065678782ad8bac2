package dev.appos.process;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.object.Permission;
import java.util.UUID;

/// Finds instances for callers who may.
final class Instances {

    private static final String FIND = "select process from appos.process_instance where id = ?";

    /// An instance the caller may use.
    record Known(UUID id, Ref process) {}

    private Instances() {}

    /// The instance with this id.
    ///
    /// @throws Refusal if there is none, if the caller may not see its process, which looks the same, or if he may see
    ///                 it and not do this
    static Known find(Permit permit, String written, Permission permission) {
        Refusal unknown = Refusal.notFound("process instance " + written);
        UUID id = id(written, unknown);
        Ref process = permit.sql().fetchOptional(FIND, id)
                .map(row -> Ref.of(row.get("process", String.class)))
                .filter(ref -> permit.allows(ref, Permission.VIEW))
                .orElseThrow(() -> unknown);
        if (!permit.allows(process, permission)) {
            throw Refusal.forbidden(process + "." + permission.word(), "no group of yours may");
        }
        return new Known(id, process);
    }

    private static UUID id(String written, Refusal unknown) {
        try {
            return UUID.fromString(written);
        } catch (IllegalArgumentException _) {
            throw unknown;
        }
    }
}
