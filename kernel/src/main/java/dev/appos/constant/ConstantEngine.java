package dev.appos.constant;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Visibility;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.ValueType;
import dev.appos.registry.Snapshot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Serves `…constants.…`: reads a value, and runs the object that a text names.
public final class ConstantEngine implements Engine {

    private final Overrides overrides;

    /// @param environment the name of the environment this platform is: `dev`, `prod`
    public ConstantEngine(String environment) {
        this.overrides = new Overrides(environment);
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        if (definition instanceof ConstantDefinition constant) {
            if (input instanceof Input.ReadConstant) {
                return new Operation.Read(permit -> overrides.value(permit.sql(), constant));
            }
            if (input instanceof Input.Run run) {
                Operation.Work work = permit -> run(permit, constant, run.arguments());
                // What a text refers to may change while the platform runs, and may write.
                return constant.value().type() == ValueType.TEXT
                        ? new Operation.Write(work)
                        : new Operation.Read(work);
            }
        }
        throw Refusal.malformed(
                definition.ref() + " is a constant; it can be read, and run if it names an object.",
                "GET its address.");
    }

    private @Nullable Object run(Permit permit, ConstantDefinition constant, Map<String, Object> inputs) {
        Object value = overrides.value(permit.sql(), constant);
        Optional<Definition> target = target(permit.snapshot(), value);
        if (target.isEmpty()) {
            if (!inputs.isEmpty()) {
                throw Refusal.invalid(
                        constant.ref().toString(), "/" + inputs.keySet().iterator().next(), "unknown",
                        "is not an input: the constant is a plain value");
            }
            return value;
        }
        Ref ref = target.get().ref();
        return permit.call(Call.of(
                ref, target.get() instanceof ProcessDefinition ? new Input.Start(inputs) : new Input.Run(inputs)));
    }

    /// The object that a value names, of those that can be run; none for every other value.
    static Optional<Definition> target(Snapshot snapshot, Object value) {
        return value instanceof String text
                ? snapshot.find(text).filter(found -> found instanceof RuleDefinition
                        || found instanceof ProcessDefinition
                        || found instanceof ConstantDefinition)
                : Optional.empty();
    }
}
