package dev.appos.dispatch;

import dev.appos.api.AppOsException;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.StartOptions;
import dev.appos.object.Triggers.Told;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts the processes that listen to what an app tells, in the transaction of the call that tells it and in the name
/// of its caller.
public final class Listening {

    private Listening() {}

    /// What came of each listener that the caller may see: `{process, instance_id}`, `{process, skipped}` where its
    /// rule said no, or `{process, error}`. One that fails does not stop the others. Nobody listens: nothing.
    ///
    /// @param event `crm.events.order_paid`
    /// @throws Refusal if events follow from each other without end
    public static List<Map<String, @Nullable Object>> tell(Permit permit, String event, Map<String, Object> data) {
        List<Map<String, @Nullable Object>> came = new ArrayList<>();
        for (ProcessDefinition process : permit.snapshot().ofKind(ProcessDefinition.class)) {
            for (Told told : process.triggers().told()) {
                if (told.event().equals(event) && permit.allows(process.ref(), Permission.VIEW)) {
                    came.add(start(permit, process, told, data));
                }
            }
        }
        return came;
    }

    private static Map<String, @Nullable Object> start(
            Permit permit, ProcessDefinition process, Told told, Map<String, Object> data) {
        List<String> chain = EventChain.with(told.event());
        Map<String, @Nullable Object> came = new LinkedHashMap<>();
        came.put("process", process.ref().toString());
        try {
            permit.alone(() -> {
                try {
                    return EventChain.within(chain, () -> {
                        if (told.when().isPresent() && !meant(permit, told.when().get(), data)) {
                            came.put("skipped", told.when().get().toString());
                            return came;
                        }
                        StartOptions options = new StartOptions(
                                Optional.empty(), Optional.empty(), Optional.of("event:" + told.event()));
                        Input start = new Input.Start(arguments(process.parameters(), data), options);
                        came.put("instance_id", String.valueOf(permit.call(Call.of(process.ref(), start))));
                        return came;
                    });
                } catch (RuntimeException known) {
                    throw known;
                } catch (Exception checked) {
                    throw new IllegalStateException(checked);
                }
            });
        } catch (Refusal | AppOsException refused) {
            came.put("error", refused.getMessage());
        }
        return came;
    }

    private static boolean meant(Permit permit, Ref rule, Map<String, Object> data) {
        List<Parameter> parameters = permit.snapshot().find(rule)
                .filter(RuleDefinition.class::isInstance)
                .map(each -> ((RuleDefinition) each).parameters())
                .orElseThrow(() -> Refusal.notFound("rule called " + rule));
        return Boolean.TRUE.equals(permit.call(Call.of(rule, new Input.Run(arguments(parameters, data)))));
    }

    /// What is told, by name; an input that takes a map and is not told takes all of it.
    private static Map<String, Object> arguments(List<Parameter> parameters, Map<String, Object> data) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object value = data.get(parameter.name());
            if (value != null) {
                arguments.put(parameter.name(), value);
            } else if (parameter.type() == ValueType.MAP) {
                arguments.put(parameter.name(), data);
            }
        }
        return arguments;
    }
}
