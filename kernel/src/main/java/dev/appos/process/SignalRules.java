package dev.appos.process;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Json;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Form;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the platform offers to talk to instances: `platform.rules.signal_process`. Who may start a process may send
/// signals to it.
public final class SignalRules {

    public List<PlatformRule> all() {
        return List.of(PlatformRule.writes(
                        "signal_process",
                        "Sends a signal to an instance that waits for it, or will. value holds the fields of the"
                                + " signal; of one that is no record the field value.",
                        Permission.VIEW,
                        List.of(
                                required("id", ValueType.TEXT),
                                required("name", ValueType.TEXT),
                                required("value", ValueType.MAP),
                                optional("process", ValueType.TEXT)),
                        this::signal)
                .openToAgents());
    }

    private Object signal(Permit permit, Map<String, Object> inputs) {
        Instances.Known known = Instances.find(permit, (String) inputs.get("id"), Permission.USE);
        UUID id = known.id();
        if (inputs.get("process") instanceof String process && !known.process().toString().equals(process)) {
            throw Refusal.notFound("process instance " + id + " of " + process);
        }
        String name = (String) inputs.get("name");
        Map<String, Object> value = Json.object(inputs.get("value"), "value");
        if (permit.snapshot().find(known.process()).orElse(null) instanceof ProcessDefinition definition) {
            form(permit, definition, name).read("The signal " + name, value);
        }
        Signals.send(permit.sql(), id, name, Json.write(value), permit.principal().name());
        return Map.of("instance_id", id.toString(), "signal", name);
    }

    private static Form form(Permit permit, ProcessDefinition process, String name) {
        String type = process.signals().get(name);
        if (type == null) {
            String remedy = process.signals().isEmpty()
                    ? "It waits for none."
                    : Nearest.remedy(name, process.signals().keySet());
            throw Refusal.notFound("signal \"" + name + "\" of " + process.ref(), remedy);
        }
        try {
            return Form.of(permit.snapshot(), process.ref(), type);
        } catch (IllegalArgumentException cannot) {
            throw Refusal.conflict("The signal " + name + " of " + process.ref() + " cannot be sent: "
                    + cannot.getMessage(), "Correct the type in the process.");
        }
    }
}
