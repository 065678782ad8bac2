package dev.appos.openapi;

import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Map;

/// Rules, processes and constants in a document.
final class ObjectParts {

    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private ObjectParts() {}

    static void add(AppDocument document, RuleDefinition rule) {
        for (Address address : usable(document, rule, "/v1/rpc/{rule}", "rule")) {
            Operation operation = new Operation(address, "rules");
            if (address.method().equals("GET")) {
                if (rule.writes()) {
                    continue;
                }
                rule.parameters().forEach(parameter -> {
                    if (parameter.nullable()) {
                        operation.option(parameter.name(), "May be left out.", Schemas.parameterType(parameter));
                    } else {
                        operation.needs(parameter.name(), Schemas.parameterType(parameter));
                    }
                });
            } else {
                operation.takes("Idempotency-Key").body(Operation.JSON, Schemas.of(rule.parameters()));
            }
            document.put(address, operation.answers(
                    200, "What the rule answers: " + rule.returns() + ".",
                    Operation.JSON, JavaTypes.schema(rule.returns())));
        }
    }

    static void add(AppDocument document, ProcessDefinition process) {
        for (Address address : usable(document, process, "/v1/processes/{name}", "name")) {
            document.put(address, new Operation(address, "processes")
                    .takes("Idempotency-Key")
                    .body(Operation.JSON, Schemas.of(process.parameters()))
                    .answers(202, "It has begun.", Operation.JSON, Schemas.object(
                            Map.of("instance_id", TEXT, "status", TEXT, "poll_url", TEXT),
                            List.of("instance_id", "status", "poll_url")), "Location"));
        }
    }

    static void add(AppDocument document, ConstantDefinition constant) {
        for (Address address : usable(document, constant, "/v1/constants/{name}", "name")) {
            Operation operation = new Operation(address, "constants");
            if (address.method().equals("GET")) {
                operation.answers(200, "Its value.", Operation.JSON, Schemas.object(
                        Map.of("ref", TEXT, "value", Schemas.nullable(Schemas.parameterType(constant.value()))),
                        List.of("ref", "value")));
            } else if (constant.value().type() == ValueType.TEXT) {
                operation.takes("Idempotency-Key").body(Operation.JSON, Map.of("type", "object"))
                        .answers(200, "What the object answers that it names.", Operation.JSON, Map.of());
            } else {
                continue;
            }
            document.put(address, operation);
        }
    }

    private static List<Address> usable(AppDocument document, Definition definition, String prefix, String part) {
        if (!document.visible().allows(definition.ref(), Permission.USE)) {
            return List.of();
        }
        return document.below(prefix).stream().map(address -> {
            Address named = address.naming(part, definition.ref().name());
            return definition.description().isBlank()
                    ? named
                    : new Address(named.method(), named.path(), definition.description());
        }).toList();
    }
}
