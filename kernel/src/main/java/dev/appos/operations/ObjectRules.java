package dev.appos.operations;

import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.ValueType;
import dev.appos.registry.Impact;
import dev.appos.registry.Reference;
import dev.appos.registry.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the platform tells administrators about objects: what there is, what depends on what, what is wrong.
public final class ObjectRules {

    private static final List<Parameter> ONE = List.of(required("ref", ValueType.TEXT));

    private final Registry registry;

    public ObjectRules(Registry registry) {
        this.registry = registry;
    }

    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_objects", "Every object of every app.", Permission.ADMIN, List.of(), this::list),
                PlatformRule.reads(
                        "get_object", "One object with its source and what it depends on.", Permission.ADMIN, ONE,
                        this::get),
                PlatformRule.reads(
                        "impact", "Which objects are touched when one changes.", Permission.ADMIN, ONE, this::impact),
                PlatformRule.reads(
                        "list_problems", "Faults that keep the newest sources from going live.", Permission.ADMIN,
                        List.of(), (_, _) -> items(registry.problems())));
    }

    private Object list(Permit permit, Map<String, Object> inputs) {
        return items(objects(permit).map(ObjectRules::described).toList());
    }

    private Object get(Permit permit, Map<String, Object> inputs) {
        Definition definition = find(permit, inputs);
        List<Reference> references = permit.snapshot().references();
        Map<String, @Nullable Object> answer = described(definition);
        answer.put("source", permit.snapshot().sources().get(definition.source().file()));
        answer.put("uses", touched(
                references.stream().filter(r -> r.from().equals(definition.ref())), Reference::to));
        answer.put("used_by", touched(
                references.stream().filter(r -> r.to().equals(definition.ref())), Reference::from));
        return answer;
    }

    private Object impact(Permit permit, Map<String, Object> inputs) {
        return values(Impact.of(find(permit, inputs).ref(), permit.snapshot().references()));
    }

    /// An impact as JSON-like values.
    public static Map<String, Object> values(Impact impact) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ref", impact.ref().toString());
        answer.put("direct", impact.direct().stream().map(Ref::toString).toList());
        answer.put("transitive", impact.transitive().stream().map(Ref::toString).toList());
        answer.put("total", impact.total());
        answer.put("by_type", impact.byType());
        answer.put("recommendation", impact.recommendation());
        return answer;
    }

    private static Stream<Definition> objects(Permit permit) {
        return permit.snapshot().definitions().stream().filter(object -> !(object instanceof PlatformDefinition));
    }

    private static Definition find(Permit permit, Map<String, Object> inputs) {
        String ref = (String) inputs.get("ref");
        return objects(permit)
                .filter(object -> object.ref().toString().equals(ref))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("object called " + ref));
    }

    private static Map<String, @Nullable Object> described(Definition definition) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("ref", definition.ref().toString());
        object.put("type", type(definition));
        object.put("app", definition.ref().app());
        object.put("name", definition.ref().name());
        object.put("description", definition.description());
        object.put("file", definition.source().file());
        object.put("line", definition.source().line());
        return object;
    }

    private static String type(Definition definition) {
        return switch (definition) {
            case RecordDefinition _ -> "record";
            case RuleDefinition _ -> "rule";
            case ConstantDefinition _ -> "constant";
            case ProcessDefinition _ -> "process";
            case InterfaceDefinition _ -> "interface";
            case PageDefinition _ -> "page";
            case PlatformDefinition _ -> "platform";
        };
    }

    private static List<Map<String, String>> touched(Stream<Reference> references, Function<Reference, Ref> end) {
        return references
                .map(reference -> Map.of("ref", end.apply(reference).toString(), "access", reference.access()))
                .distinct()
                .sorted((a, b) -> (a.get("ref") + a.get("access")).compareTo(b.get("ref") + b.get("access")))
                .toList();
    }

    private static Map<String, @Nullable Object> items(List<?> items) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", items);
        answer.put("next", null);
        return answer;
    }
}
