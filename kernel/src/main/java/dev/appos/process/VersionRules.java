package dev.appos.process;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the platform offers on instances that live on earlier code: who could go on with the live one, and to let them.
public final class VersionRules {

    private final ProcessRunner runner;

    /// @param runner which knows how to run a body
    public VersionRules(ProcessRunner runner) {
        this.runner = runner;
    }

    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "stranded_processes",
                        "Living instances that began with other code than is live, and why they could not go on with"
                                + " it; nothing where they could.",
                        Permission.VIEW, List.of(optional("process", ValueType.TEXT)), this::stranded),
                PlatformRule.reads(
                        "list_patches",
                        "Where processes ask patched(…), and how many living instances took the old side of each.",
                        Permission.VIEW, List.of(), this::patches),
                PlatformRule.writes(
                        "migrate_process",
                        "Lets the living instances of a process go on with the live code, where they can.",
                        Permission.VIEW, List.of(required("process", ValueType.TEXT)), this::migrate));
    }

    private Object stranded(Permit permit, Map<String, Object> inputs) {
        Set<Ref> asked = visible(permit);
        Optional.ofNullable((String) inputs.get("process"))
                .ifPresent(only -> asked.removeIf(ref -> !ref.toString().equals(only)));
        List<Stranded.Found> found = runner.stranded().of(permit.sql(), permit.snapshot(), asked);
        return Map.of("items", found.stream().map(Stranded.Found::json).toList());
    }

    private Object patches(Permit permit, Map<String, Object> inputs) {
        return Map.of("items", Patches.of(permit.sql(), permit.snapshot(), visible(permit)));
    }

    private static Set<Ref> visible(Permit permit) {
        return permit.snapshot().ofKind(ProcessDefinition.class).stream()
                .map(ProcessDefinition::ref)
                .filter(ref -> permit.allows(ref, Permission.VIEW))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Object migrate(Permit permit, Map<String, Object> inputs) {
        String name = (String) inputs.get("process");
        if (!(permit.snapshot().find(name).orElse(null) instanceof ProcessDefinition process)
                || !permit.allows(process.ref(), Permission.VIEW)) {
            throw Refusal.notFound(name);
        }
        if (!permit.allows(process.ref(), Permission.USE)) {
            throw Refusal.forbidden(process.ref() + "." + Permission.USE.word(), "no group of yours may");
        }
        Stranded stranded = runner.stranded();
        List<Stranded.Found> found = stranded.of(permit.sql(), permit.snapshot(), Set.of(process.ref()));
        long moved = found.stream()
                .filter(each -> each.difference().isEmpty())
                .filter(each -> stranded.move(permit.sql(), permit.snapshot(), each.instance()))
                .count();
        return Map.of(
                "moved", moved,
                "stranded", found.stream().filter(each -> each.difference().isPresent()).map(Stranded.Found::json)
                        .toList());
    }
}
