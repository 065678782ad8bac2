package dev.appos.object;

import dev.appos.base.Ref;
import java.util.List;

/// Something the platform itself offers, such as `platform.rules.create_user`: called like any rule of an app.
///
/// @param parameters  its inputs
/// @param needs       the permission a caller must hold; [Permission#VIEW] is open to everyone who is logged in
/// @param writes      whether it changes anything
/// @param personsOnly whether it is closed to agents, whatever account they act for: what changes who may do what
/// @param composite   whether it is but several calls of its caller, each of which is decided by itself
public record PlatformDefinition(
        Ref ref, String description, List<Parameter> parameters, Permission needs, boolean writes, boolean personsOnly,
        boolean composite)
        implements Definition {

    /// A rule that is closed to agents if it changes anything.
    public PlatformDefinition(
            Ref ref, String description, List<Parameter> parameters, Permission needs, boolean writes) {
        this(ref, description, parameters, needs, writes, writes, false);
    }

    public PlatformDefinition {
        parameters = List.copyOf(parameters);
    }

    @Override
    public Access access() {
        return Access.UNSTATED;
    }

    @Override
    public Source source() {
        return new Source("platform", 1);
    }
}
