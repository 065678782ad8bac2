package dev.appos.mcp;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.Action;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Input;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.openapi.Schemas;
import dev.appos.registry.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// From objects to tools. People's screens and the administration of the platform are not among them; questions about
/// the applications are.
final class Tools {

    /// The platform's own rules that agents are shown.
    private static final Set<String> OFFERED = Set.of("ask", "transaction");

    private Tools() {}

    static List<Tool> of(Snapshot snapshot) {
        return snapshot.definitions().stream().flatMap(definition -> of(definition).stream()).toList();
    }

    private static List<Tool> of(Definition definition) {
        String name = definition.ref().toString().replace('.', '_');
        return switch (definition) {
            case RecordDefinition record -> RecordTools.of(record);
            case RuleDefinition rule -> {
                Map<String, Object> schema = Schemas.of(rule.parameters());
                String description = describe(rule.description(), "Runs " + rule.ref() + ".");
                yield List.of(new Tool(name, description, rule.ref(), Action.RUN, schema, Input.Run::new));
            }
            case ConstantDefinition constant -> {
                Map<String, Object> schema = Schemas.object(Map.of(), List.of());
                String description = describe(constant.description(), "Reads " + constant.ref() + ".");
                yield List.of(new Tool(
                        name, description, constant.ref(), Action.READ, schema,
                        knowing(schema, _ -> new Input.ReadConstant())));
            }
            case ProcessDefinition process -> {
                Map<String, Object> schema = Schemas.of(process.parameters());
                String description = describe(process.description(), "Starts " + process.ref() + ".");
                yield List.of(
                        new Tool(name + "_start", description, process.ref(), Action.START, schema, Input.Start::new));
            }
            case PlatformDefinition rule when OFFERED.contains(rule.ref().name()) -> {
                Map<String, Object> schema = Schemas.of(rule.parameters());
                yield List.of(new Tool(name, rule.description(), rule.ref(), Action.RUN, schema, Input.Run::new));
            }
            case InterfaceDefinition _, PageDefinition _, FolderDefinition _, PlatformDefinition _ -> List.of();
        };
    }

    /// Refuses arguments the schema does not name, before they could be overlooked.
    static Function<Map<String, Object>, Input> knowing(
            Map<String, Object> schema, Function<Map<String, Object>, Input> input) {
        Set<?> known = ((Map<?, ?>) schema.get("properties")).keySet();
        List<String> names = known.stream().map(String::valueOf).toList();
        return arguments -> {
            for (String name : arguments.keySet()) {
                if (!known.contains(name)) {
                    throw Refusal.invalid(
                            "The call", "/" + name, "unknown", "is not an argument. " + Nearest.remedy(name, names));
                }
            }
            return input.apply(arguments);
        };
    }

    private static String describe(String stated, String usual) {
        return stated.isBlank() ? usual : stated;
    }
}
