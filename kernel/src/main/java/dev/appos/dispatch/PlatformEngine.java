package dev.appos.dispatch;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.Parameter;
import dev.appos.object.PlatformDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Serves `platform.rules.…`, whoever contributed them.
public final class PlatformEngine implements Engine {

    private final Map<Ref, PlatformRule> rules = new LinkedHashMap<>();

    public PlatformEngine(Collection<PlatformRule> rules) {
        rules.forEach(rule -> this.rules.put(rule.definition().ref(), rule));
    }

    /// What it serves, to be added to every snapshot.
    public List<PlatformDefinition> definitions() {
        return rules.values().stream().map(PlatformRule::definition).toList();
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        PlatformRule rule = rules.get(definition.ref());
        if (rule == null || !(input instanceof Input.Run run)) {
            throw Refusal.malformed(definition.ref() + " can only be run.", "Send its inputs.");
        }
        List<Parameter> parameters = rule.definition().parameters();
        Object[] values = Arguments.of(definition.ref().toString(), parameters, run.arguments());
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                inputs.put(parameters.get(i).name(), values[i]);
            }
        }
        Operation.Work work = permit -> rule.body().run(permit, inputs);
        return rule.definition().writes() ? new Operation.Write(work) : new Operation.Read(work);
    }
}
