package dev.appos.authoring;

import dev.appos.api.AppCode;
import dev.appos.api.ByEnvironment;
import dev.appos.base.Ref;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Problem;
import dev.appos.registry.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Asks the author's code once for the value of each constant, has them checked, and finds what they refer to. No door
/// is open meanwhile, so that a value cannot depend on anything but the source.
final class ConstantValues {

    private final Map<Ref, Definition> definitions = new LinkedHashMap<>();
    private final Function<String, AppCode> code;
    private final Faults faults;

    ConstantValues(Collection<Definition> drafts, Function<String, AppCode> code, Faults faults) {
        drafts.forEach(draft -> definitions.put(draft.ref(), draft));
        this.code = code;
        this.faults = faults;
    }

    /// The definitions with the values of constants filled in.
    List<Definition> definitions() {
        constants().forEach(draft -> definitions.put(draft.ref(), draft.with(values(draft))));
        constants().forEach(constant -> constant.values().forEach((environment, value) -> {
            validate(constant, environment, value);
            refuseCycle(constant, environment);
        }));
        return List.copyOf(definitions.values());
    }

    /// Which objects the constants name, and which rules check them.
    List<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        for (ConstantDefinition constant : constants()) {
            constant.validator().ifPresent(rule -> references.add(reference(constant, rule)));
            constant.values().values().forEach(value ->
                    target(value).ifPresent(target -> references.add(reference(constant, target.ref()))));
        }
        return List.copyOf(references);
    }

    private static Reference reference(ConstantDefinition from, Ref to) {
        return new Reference(from.ref(), to, "execute", from.source().file(), from.source().line());
    }

    private List<ConstantDefinition> constants() {
        return definitions.values().stream()
                .filter(ConstantDefinition.class::isInstance)
                .map(ConstantDefinition.class::cast)
                .toList();
    }

    private Map<String, Object> values(ConstantDefinition draft) {
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            Object said = code.apply(draft.ref().app()).call("constants." + draft.ref().name(), new Object[0]);
            if (said instanceof ByEnvironment<?> some) {
                values.putAll(some.values());
            } else {
                values.put(ByEnvironment.USUAL, said);
            }
        } catch (Throwable thrown) {
            fault(draft, "the constant " + draft.ref().name() + " has no value: " + thrown,
                    "Say the value itself: a constant reads nothing and runs nothing.");
            return values;
        }
        if (values.containsValue(null)) {
            fault(draft, "the constant " + draft.ref().name() + " has the value null",
                    "Say a value for every environment.");
            return Map.of();
        }
        return values;
    }

    private void validate(ConstantDefinition constant, String environment, Object value) {
        if (constant.validator().isEmpty()) {
            return;
        }
        Ref rule = constant.validator().get();
        String where = environment.equals(ByEnvironment.USUAL) ? "" : " in environment " + environment;
        try {
            Object fit = code.apply(rule.app()).call("rules." + rule.name(), new Object[] {value});
            if (!Boolean.TRUE.equals(fit)) {
                fault(constant, "the rule " + rule.name() + " does not take the value " + value + where,
                        "Correct the value, or the rule.");
            }
        } catch (Throwable thrown) {
            fault(constant, "the rule " + rule.name() + " does not take the value " + value + where + ": "
                    + thrown.getMessage(), "Correct the value, or the rule; it may look at nothing but the value.");
        }
    }

    private void refuseCycle(ConstantDefinition constant, String environment) {
        List<Ref> path = new ArrayList<>(List.of(constant.ref()));
        Optional<Definition> next = target(constant.in(environment));
        while (next.isPresent() && next.get() instanceof ConstantDefinition other) {
            path.add(other.ref());
            if (other.ref().equals(constant.ref())) {
                fault(constant, "the constant " + constant.ref().name() + " leads back to itself: "
                        + String.join(" → ", path.stream().map(Ref::toString).toList()),
                        "Let one of them name something else.");
                return;
            }
            if (new TreeSet<>(path).size() < path.size()) {
                return;                                       // a circle further on, told where it begins
            }
            next = target(other.in(environment));
        }
    }

    private Optional<Definition> target(Object value) {
        return value instanceof String text
                ? Ref.parse(text).map(definitions::get).filter(found -> found instanceof RuleDefinition
                        || found instanceof ProcessDefinition
                        || found instanceof ConstantDefinition)
                : Optional.empty();
    }

    private void fault(ConstantDefinition constant, String message, String remedy) {
        faults.add(new Problem(constant.source().file(), constant.source().line(), 1, message, remedy));
    }
}
