package dev.appos.process;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.ValueType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the platform offers on instances: `platform.rules.list_processes` and its siblings. An instance is seen by
/// those who may see its process; to others it does not exist.
public final class ProcessRules {

    private static final int USUAL_PAGE = 50;

    private final ProcessQueries queries = new ProcessQueries();
    private final ProcessControl control = new ProcessControl();

    public List<PlatformRule> all() {
        return Stream.of(instances(), new SignalRules().all()).flatMap(List::stream).toList();
    }

    private List<PlatformRule> instances() {
        return List.of(
                PlatformRule.reads(
                        "list_processes", "Instances of processes, newest first.", Permission.VIEW,
                        List.of(
                                optional("process", ValueType.TEXT),
                                optional("status", ValueType.TEXT),
                                optional("limit", ValueType.INTEGER),
                                optional("cursor", ValueType.TEXT)),
                        this::list),
                PlatformRule.reads(
                        "get_process", "One instance.", Permission.VIEW,
                        List.of(required("id", ValueType.TEXT)), this::get),
                PlatformRule.reads(
                        "list_process_steps", "The steps of an instance in the order they began.", Permission.VIEW,
                        List.of(required("id", ValueType.TEXT)), this::steps),
                PlatformRule.reads(
                        "process_times", "How long processes and their steps took, and how they ended.",
                        Permission.VIEW,
                        List.of(optional("process", ValueType.TEXT), required("since", ValueType.INSTANT)),
                        this::times),
                move("cancel_process", "Ends an instance at its next step, and undoes what it says how to undo.",
                        this::cancel),
                move("pause_process", "Lets an instance begin no further step until it is resumed.", this::pause),
                move("resume_process", "Lets a paused or interrupted instance go on.", this::resume),
                move("retry_process", "Lets a failed instance try again the step that it failed of.", this::retry));
    }

    private static PlatformRule move(String name, String description, PlatformRule.Body body) {
        return PlatformRule.writes(
                        name, description, Permission.VIEW, List.of(required("id", ValueType.TEXT)), body)
                .openToAgents();
    }

    private static Set<String> visible(Permit permit) {
        return permit.snapshot().ofKind(ProcessDefinition.class).stream()
                .map(ProcessDefinition::ref)
                .filter(ref -> permit.allows(ref, Permission.VIEW))
                .map(Ref::toString)
                .collect(Collectors.toSet());
    }

    private Object times(Permit permit, Map<String, Object> inputs) {
        Set<String> visible = visible(permit);
        Set<String> asked = inputs.get("process") instanceof String process
                ? Set.of(process).stream().filter(visible::contains).collect(Collectors.toSet())
                : visible;
        Instant since = (Instant) inputs.get("since");
        return Map.of(
                "processes", ProcessTimes.instances(permit.sql(), asked, since),
                "steps", ProcessTimes.steps(permit.sql(), asked, since));
    }

    private Object list(Permit permit, Map<String, Object> inputs) {
        ProcessQueries.Filter filter = new ProcessQueries.Filter(
                visible(permit),
                Optional.ofNullable((String) inputs.get("process")),
                Optional.ofNullable((String) inputs.get("status")),
                Optional.ofNullable((String) inputs.get("cursor")).map(cursor -> id("cursor", cursor)));
        int limit = (int) inputs.getOrDefault("limit", USUAL_PAGE);
        ProcessQueries.Instances page = queries.list(permit.sql(), filter, limit);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", page.items());
        answer.put("next", page.next().map(UUID::toString).orElse(null));
        return answer;
    }

    private Object get(Permit permit, Map<String, Object> inputs) {
        Map<String, @Nullable Object> instance = visible(permit, inputs, Permission.VIEW);
        UUID id = UUID.fromString((String) instance.get("instance_id"));
        instance.putAll(Children.of(permit.sql(), id, ref -> permit.allows(ref, Permission.VIEW)));
        instance.put("signals_untaken", Signals.untaken(permit.sql(), id));
        return instance;
    }

    private Object steps(Permit permit, Map<String, Object> inputs) {
        visible(permit, inputs, Permission.VIEW);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", queries.steps(permit.sql(), id("id", (String) inputs.get("id"))));
        answer.put("next", null);
        return answer;
    }

    private Object cancel(Permit permit, Map<String, Object> inputs) {
        return moved(permit, inputs, instance -> control.cancel(permit.sql(), instance));
    }

    private Object pause(Permit permit, Map<String, Object> inputs) {
        return moved(permit, inputs, instance -> control.pause(permit.sql(), instance));
    }

    private Object resume(Permit permit, Map<String, Object> inputs) {
        return moved(permit, inputs, instance -> control.resume(permit.sql(), instance));
    }

    private Object retry(Permit permit, Map<String, Object> inputs) {
        return moved(permit, inputs, instance -> {
            Ref process = Ref.of((String) visible(permit, inputs, Permission.USE).get("process"));
            ProcessDefinition live = (ProcessDefinition) permit.snapshot().find(process).orElseThrow();
            ClassLoader apps = permit.snapshot().code(process.app()).getClass().getClassLoader();
            control.retry(permit.sql(), instance, live, apps);
            control.adopt(permit.sql(), instance, live.codeHash());
        });
    }

    /// Moves an instance that the caller may use, and says how it stands then.
    private Object moved(Permit permit, Map<String, Object> inputs, Consumer<UUID> move) {
        visible(permit, inputs, Permission.USE);
        UUID id = id("id", (String) inputs.get("id"));
        move.accept(id);
        Object status = queries.get(permit.sql(), id).orElseThrow().get("status");
        return Map.of("instance_id", id.toString(), "status", String.valueOf(status));
    }

    /// The instance, if the caller holds the permission on its process.
    private Map<String, @Nullable Object> visible(Permit permit, Map<String, Object> inputs, Permission permission) {
        UUID id = id("id", (String) inputs.get("id"));
        Refusal unknown = Refusal.notFound("process instance " + id);
        Map<String, @Nullable Object> instance = queries.get(permit.sql(), id).orElseThrow(() -> unknown);
        Ref process = Ref.of((String) instance.get("process"));
        if (!permit.allows(process, Permission.VIEW)) {
            throw unknown;
        }
        if (!permit.allows(process, permission)) {
            throw Refusal.forbidden(process + "." + permission.word(), "no group of yours may");
        }
        if (permission != Permission.VIEW && ProcessQueries.ARCHIVED.equals(instance.get("status"))) {
            throw Refusal.conflict(
                    "Process instance " + id + " is over and archived: " + instance.get("ended") + ".",
                    "Start it anew if that is what you want.");
        }
        return instance;
    }

    private static UUID id(String name, String written) {
        try {
            return UUID.fromString(written);
        } catch (IllegalArgumentException _) {
            if (name.equals("id")) {
                throw Refusal.notFound("process instance " + written);
            }
            throw Refusal.invalid("The page", "/" + name, "form", "must be the next of an earlier page");
        }
    }
}
