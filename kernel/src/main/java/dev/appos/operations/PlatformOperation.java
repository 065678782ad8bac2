package dev.appos.operations;

import dev.appos.base.Ref;
import dev.appos.dispatch.Permit;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the platform's own rules, with its body.
record PlatformOperation(PlatformDefinition definition, Body body) {

    /// Does it, and answers maps, lists and values.
    @FunctionalInterface
    interface Body {
        @Nullable Object run(Permit permit, Given given);
    }

    /// A rule that changes nothing.
    static PlatformOperation read(
            String name, String description, Permission needs, List<Parameter> parameters, Body body) {
        return new PlatformOperation(
                new PlatformDefinition(ref(name), description, parameters, needs, false), body);
    }

    /// A rule that changes something.
    static PlatformOperation write(
            String name, String description, Permission needs, List<Parameter> parameters, Body body) {
        return new PlatformOperation(
                new PlatformDefinition(ref(name), description, parameters, needs, true), body);
    }

    private static Ref ref(String name) {
        return new Ref(Ref.PLATFORM, "rules", name);
    }
}
