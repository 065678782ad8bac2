package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.RuleDefinition;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rules: `/api/{app}/v1/rpc/{rule}`, with the inputs as a JSON object, or in the address where the rule only reads.
final class RuleRoutes {

    private static final String PATH = "/api/{app}/v1/rpc/{rule}";

    private final Calls calls;

    RuleRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return Stream.of(
                        Route.post(PATH, "Runs a rule with the body as its inputs.", this::run),
                        Route.get(PATH, "Runs a rule that only reads, with the options as its inputs.", this::read))
                .map(Route::toGranted)
                .toList();
    }

    private Response run(Request request) {
        if (!request.query().isEmpty()) {
            throw Refusal.malformed(
                    "Options in the address do nothing here.",
                    "Send inputs in the body; what a rule answers is not filtered afterwards.");
        }
        request.onTrial(Preferences.of(request).trial());
        return answer(request, calls.call(request, ref(request), new Input.Run(request.objectOrEmpty())));
    }

    private Response read(Request request) {
        Ref ref = ref(request);
        Map<String, Object> inputs = new LinkedHashMap<>();
        RuleDefinition rule = calls.snapshot().find(ref)
                .filter(definition -> calls.allows(request, definition, Permission.USE))
                .filter(RuleDefinition.class::isInstance)
                .map(RuleDefinition.class::cast)
                .orElse(null);
        if (rule == null) {
            // Made all the same, so that the refusal is decided, audited and traced in the one place.
            return answer(request, calls.call(request, ref, new Input.Run(inputs)));
        }
        if (rule.writes()) {
            return Problems.notAllowed("POST");
        }
        request.query().forEach((name, values) -> inputs.put(name, input(rule, name, values)));
        return answer(request, calls.call(request, ref, new Input.Run(inputs)));
    }

    private static Ref ref(Request request) {
        return Ref.parse(request.param("app") + ".rules." + request.param("rule"))
                .orElseThrow(() -> Calls.nothing(request));
    }

    /// An input as it stands in an address: a list in braces or given several times, `null` for nothing.
    private static @Nullable Object input(RuleDefinition rule, String name, List<String> values) {
        Parameter parameter = rule.parameters().stream()
                .filter(one -> one.name().equals(name)).findFirst().orElse(null);
        if (parameter == null) {
            // The door says which ones there are.
            return values.getFirst();
        }
        try {
            if (parameter.type() == ValueType.LIST && !values.getFirst().startsWith("[")) {
                List<String> parts = values.size() == 1 ? parts(values.getFirst()) : values;
                ValueType element = parameter.element().orElse(ValueType.TEXT);
                return parts.stream().map(part -> Values.parse(element, parameter.choices(), part)).toList();
            }
            if (values.size() > 1) {
                throw new IllegalArgumentException("must be given once");
            }
            return values.getFirst().equals("null") && parameter.type() != ValueType.TEXT
                    ? null
                    : Values.parse(parameter.type(), parameter.choices(), values.getFirst());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The call", "/" + name, "type", String.valueOf(e.getMessage()));
        }
    }

    private static List<String> parts(String written) {
        if (!written.startsWith("{") || !written.endsWith("}")) {
            throw new IllegalArgumentException("must be a list such as {1,2}");
        }
        String inside = written.substring(1, written.length() - 1);
        List<String> parts = new ArrayList<>();
        for (String part : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
            parts.add(part.replaceAll("^\"|\"$", ""));
        }
        return parts;
    }

    /// The answer; where one object is wanted, the only one of a list.
    private static Response answer(Request request, @Nullable Object answer) {
        if (!Rows.singular(request) || !(answer instanceof List<?> list)) {
            return Response.json(answer);
        }
        return list.size() == 1
                ? Response.json(list.getFirst())
                : Rows.notSingular("answers", list.size());
    }
}
