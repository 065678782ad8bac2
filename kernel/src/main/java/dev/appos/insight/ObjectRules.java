package dev.appos.insight;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Definition;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ValueType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the platform tells administrators about objects: what there is, what depends on what, what changed, what is
/// wrong.
final class ObjectRules {

    /// Changes shown with an object.
    private static final int LAST_CHANGES = 20;

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 500;
    private static final List<Parameter> ONE = List.of(required("ref", ValueType.TEXT));

    private final Insight insight;

    ObjectRules(Insight insight) {
        this.insight = insight;
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_objects", "Every object of every app.", Permission.ADMIN, List.of(), this::list),
                PlatformRule.reads(
                        "get_object", "One object: its source, what it uses and who uses it, its last changes.",
                        Permission.ADMIN, ONE, this::get),
                PlatformRule.reads(
                        "impact", "Which objects, addresses and agents are touched when an object or a field changes.",
                        Permission.ADMIN, ONE, this::impact),
                PlatformRule.reads(
                        "list_changes", "What changed each time sources went live, newest first.", Permission.ADMIN,
                        List.of(
                                optional("object_ref", ValueType.TEXT),
                                optional("since", ValueType.INSTANT),
                                optional("limit", ValueType.INTEGER)),
                        ObjectRules::changes),
                PlatformRule.reads(
                        "list_problems", "Faults that keep the newest sources from going live.", Permission.ADMIN,
                        List.of(), (_, _) -> items(insight.registry().problems())));
    }

    private Object list(Permit permit, Map<String, Object> inputs) {
        Map<String, Instant> registered = RegistryTable.registered(permit.sql());
        return items(permit.snapshot().definitions().stream()
                .filter(object -> !(object instanceof PlatformDefinition))
                .map(object -> described(permit, object, registered))
                .toList());
    }

    private Object get(Permit permit, Map<String, Object> inputs) {
        Ref ref = Ref.of((String) inputs.get("ref"));
        Graph graph = insight.graphs().of(permit);
        Graphs.known(graph, ref.toString());
        Definition definition = permit.snapshot().find(ref).orElseThrow(() -> Refusal.notFound("object called " + ref));
        Map<String, Instant> registered = RegistryTable.registered(permit.sql());
        Map<String, @Nullable Object> answer = described(permit, definition, registered);
        answer.put("source", permit.snapshot().sources().get(definition.source().file()));
        answer.putAll(Facts.of(
                graph, ref.toString(), permit.snapshot().hash(ref),
                Optional.ofNullable(registered.get(ref.toString())), insight.metrics().of(ref, Metrics.DAY)));
        answer.put("changes", RegistryTable.changes(
                permit.sql(), Optional.of(ref.toString()), Optional.empty(), LAST_CHANGES));
        return answer;
    }

    private Object impact(Permit permit, Map<String, Object> inputs) {
        return FieldImpact.of(insight.graphs().of(permit), permit.snapshot(), (String) inputs.get("ref"));
    }

    private static Object changes(Permit permit, Map<String, Object> inputs) {
        int limit = (int) inputs.getOrDefault("limit", USUAL_PAGE);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Refusal.invalid("The input", "/limit", "range", "must be between 1 and " + LARGEST_PAGE);
        }
        return items(RegistryTable.changes(
                permit.sql(),
                Optional.ofNullable((String) inputs.get("object_ref")),
                Optional.ofNullable((Instant) inputs.get("since")),
                limit));
    }

    private static Map<String, @Nullable Object> described(
            Permit permit, Definition definition, Map<String, Instant> registered) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("ref", definition.ref().toString());
        object.put("type", Edges.type(definition));
        object.put("app", definition.ref().app());
        object.put("name", definition.ref().name());
        object.put("description", definition.description());
        object.put("file", definition.source().file());
        object.put("line", definition.source().line());
        object.put("hash", permit.snapshot().hash(definition.ref()));
        object.put("registered_at", registered.get(definition.ref().toString()));
        return object;
    }

    private static Map<String, @Nullable Object> items(List<?> items) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", items);
        answer.put("next", null);
        return answer;
    }
}
