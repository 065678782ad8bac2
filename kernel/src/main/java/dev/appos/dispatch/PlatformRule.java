package dev.appos.dispatch;

import dev.appos.base.Ref;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something the platform itself offers, called through the door like any rule of an app: what it is, and what it does.
public record PlatformRule(PlatformDefinition definition, Body body) {

    /// What it does with its inputs, by name; inputs that were not given are absent.
    @FunctionalInterface
    public interface Body {

        @Nullable Object run(Permit permit, Map<String, Object> inputs);
    }

    /// A rule that changes nothing.
    ///
    /// @param needs [Permission#VIEW] for everyone who is logged in, [Permission#ADMIN] for administrators
    public static PlatformRule reads(
            String name, String description, Permission needs, List<Parameter> inputs, Body body) {
        Ref ref = new Ref(Ref.PLATFORM, "rules", name);
        return new PlatformRule(new PlatformDefinition(ref, description, inputs, needs, false), body);
    }

    /// A rule that changes something. Agents may not use it, whatever account they act for, unless [#openToAgents()].
    public static PlatformRule writes(
            String name, String description, Permission needs, List<Parameter> inputs, Body body) {
        Ref ref = new Ref(Ref.PLATFORM, "rules", name);
        return new PlatformRule(new PlatformDefinition(ref, description, inputs, needs, true), body);
    }

    /// The same rule, which agents may use too: only for what changes nothing about who may do what.
    public PlatformRule openToAgents() {
        PlatformDefinition open = new PlatformDefinition(
                definition.ref(), definition.description(), definition.parameters(), definition.needs(),
                definition.writes(), false, definition.composite());
        return new PlatformRule(open, body);
    }

    /// The same rule, which is but several calls of its caller made by [Permit#entrance].
    public PlatformRule composite() {
        PlatformDefinition made = new PlatformDefinition(
                definition.ref(), definition.description(), definition.parameters(), definition.needs(),
                definition.writes(), definition.personsOnly(), true);
        return new PlatformRule(made, body);
    }

    /// An input that must be given.
    public static Parameter required(String name, ValueType type) {
        return new Parameter(name, type, Optional.empty(), false, List.of());
    }

    /// An input that may be left out.
    public static Parameter optional(String name, ValueType type) {
        return new Parameter(name, type, Optional.empty(), true, List.of());
    }
}
