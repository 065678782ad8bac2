package dev.appos.constant;

import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.cache.Changes;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.object.RuleDefinition;
import dev.appos.object.ValueType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the platform offers on constants to those who hold `admin` on them: which values hold, and setting others.
public final class ConstantRules {

    private final Overrides overrides;
    private final Changes changes;

    /// @param changes told of every value that is set, so that kept answers made from the old one end
    public ConstantRules(String environment, Changes changes) {
        this.overrides = new Overrides(environment);
        this.changes = changes;
    }

    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_constants", "The constants you may set, with the values that hold.", Permission.VIEW,
                        List.of(), this::list),
                PlatformRule.writes(
                        "set_constant", "Sets the value of a constant in this environment.", Permission.VIEW,
                        List.of(required("ref", ValueType.TEXT), required("setting", ValueType.MAP)), this::set),
                PlatformRule.writes(
                        "reset_constant", "Gives a constant back the value its author said.", Permission.VIEW,
                        List.of(required("ref", ValueType.TEXT)), this::reset));
    }

    private Object list(Permit permit, Map<String, Object> inputs) {
        Map<String, Overrides.Override> set = overrides.all(permit.sql());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", permit.snapshot().ofKind(ConstantDefinition.class).stream()
                .filter(constant -> permit.allows(constant.ref(), Permission.ADMIN))
                .map(constant -> described(
                        permit, constant, Optional.ofNullable(set.get(constant.ref().toString()))))
                .toList());
        answer.put("next", null);
        return answer;
    }

    private Object set(Permit permit, Map<String, Object> inputs) {
        ConstantDefinition constant = find(permit, inputs);
        Map<String, Object> setting = Json.object(inputs.get("setting"), "The body");
        Object given = setting.get("value");
        if (given == null || setting.size() != 1) {
            throw Refusal.invalid("The setting", "/value", "required", "must be given, and nothing else");
        }
        if (Json.write(Plain.of(given)).length() > Overrides.LONGEST_VALUE) {
            throw Refusal.tooLarge(
                    "The value is longer than " + Overrides.LONGEST_VALUE + " characters of JSON.",
                    "Keep it in a record.");
        }
        Object value = Overrides.typed(constant, given);
        validate(permit, constant, value);
        refuseCycle(permit, constant, value);
        permit.afterCommit(() -> changes.made(Set.of(constant.ref())));
        overrides.set(permit.sql(), constant, value, permit.principal().name(), permit.context().at());
        return described(permit, constant, Optional.ofNullable(
                overrides.all(permit.sql()).get(constant.ref().toString())));
    }

    private Object reset(Permit permit, Map<String, Object> inputs) {
        ConstantDefinition constant = find(permit, inputs);
        permit.afterCommit(() -> changes.made(Set.of(constant.ref())));
        overrides.remove(permit.sql(), constant);
        return described(permit, constant, Optional.empty());
    }

    private static void validate(Permit permit, ConstantDefinition constant, Object value) {
        Optional<RuleDefinition> validator = constant.validator()
                .flatMap(permit.snapshot()::find)
                .map(RuleDefinition.class::cast);
        if (validator.isEmpty()) {
            return;
        }
        String input = validator.get().parameters().getFirst().name();
        Object fit = permit.call(Call.of(validator.get().ref(), new Input.Run(Map.of(input, value))));
        if (!Boolean.TRUE.equals(fit)) {
            throw Refusal.invalid(
                    constant.ref().toString(), "/value", "rejected",
                    "is not fit: " + validator.get().ref() + " says no");
        }
    }

    /// Follows references from the new value; none may lead back.
    private void refuseCycle(Permit permit, ConstantDefinition constant, Object value) {
        Set<Ref> passed = new HashSet<>(Set.of(constant.ref()));
        Optional<Definition> next = ConstantEngine.target(permit.snapshot(), value);
        while (next.isPresent() && next.get() instanceof ConstantDefinition other) {
            if (!passed.add(other.ref())) {
                throw Refusal.invalid(
                        constant.ref().toString(), "/value", "cycle", "leads back to " + other.ref());
            }
            next = ConstantEngine.target(permit.snapshot(), overrides.value(permit.sql(), other));
        }
    }

    private static ConstantDefinition find(Permit permit, Map<String, Object> inputs) {
        String written = (String) inputs.get("ref");
        Ref ref = Ref.parse(written).orElseThrow(() -> Refusal.notFound("constant " + written));
        if (!(permit.snapshot().find(ref).orElse(null) instanceof ConstantDefinition constant)
                || !permit.allows(ref, Permission.VIEW)) {
            throw Dispatcher.unknown(ref);
        }
        if (!permit.allows(ref, Permission.ADMIN)) {
            throw Refusal.forbidden(ref + ".admin", "no group of yours may");
        }
        return constant;
    }

    private Map<String, @Nullable Object> described(
            Permit permit, ConstantDefinition constant, Optional<Overrides.Override> set) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("ref", constant.ref().toString());
        item.put("description", constant.description());
        item.put("type", constant.value().type().name().toLowerCase(Locale.ROOT));
        item.put("environment", overrides.environment());
        item.put("value", overrides.value(permit.sql(), constant));
        item.put("stated", constant.in(overrides.environment()));
        item.put("set_by", set.map(Overrides.Override::by).orElse(null));
        item.put("set_at", set.map(Overrides.Override::at).orElse(null));
        return item;
    }
}
