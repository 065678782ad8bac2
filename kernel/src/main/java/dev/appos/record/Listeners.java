package dev.appos.record;

import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Permit;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.Parameter;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordEvent;
import dev.appos.object.RuleDefinition;
import dev.appos.object.StartOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls the rules and processes that want to hear of a change, through the door like everything else: who made the
/// change must be allowed to use them.
final class Listeners {

    private Listeners() {}

    static @Nullable Object call(
            Permit permit, RecordTable table, RecordEvent event, Outbox.Kept kept, Outbox.Rows rows) {
        Ref ref = event.calls().orElseThrow();
        Definition target = permit.snapshot().find(ref)
                .orElseThrow(() -> Refusal.notFound("object called " + ref));
        Map<String, Object> told = told(permit, table, event, kept, rows);
        if (event.condition().isPresent() && !meant(permit, Ref.of(event.condition().get()), rows.id(), told)) {
            return null;
        }
        if (target instanceof ProcessDefinition process) {
            StartOptions options = new StartOptions(Optional.empty(), Optional.empty(),
                    Optional.of("event:" + table.ref() + "." + word(event.moment())));
            return permit.call(
                    Call.of(ref, new Input.Start(arguments(process.parameters(), rows.id(), told), options)));
        }
        if (target instanceof RuleDefinition rule) {
            return permit.call(Call.of(ref, new Input.Run(arguments(rule.parameters(), rows.id(), told))));
        }
        throw Refusal.notFound("rule or process called " + ref);
    }

    /// Whether the rule that says for which records says so of this one.
    private static boolean meant(Permit permit, Ref rule, long id, Map<String, Object> told) {
        List<Parameter> parameters = permit.snapshot().find(rule)
                .filter(RuleDefinition.class::isInstance)
                .map(each -> ((RuleDefinition) each).parameters())
                .orElseThrow(() -> Refusal.notFound("rule called " + rule));
        return Boolean.TRUE.equals(permit.call(Call.of(rule, new Input.Run(arguments(parameters, id, told)))));
    }

    private static Map<String, Object> arguments(List<Parameter> parameters, long id, Map<String, Object> told) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (!parameters.isEmpty()) {
            arguments.put(parameters.getFirst().name(), id);
        }
        if (parameters.size() > 1) {
            arguments.put(parameters.get(1).name(), told);
        }
        return arguments;
    }

    /// What happened, of the fields that whoever made the change may see.
    private static Map<String, Object> told(
            Permit permit, RecordTable table, RecordEvent event, Outbox.Kept kept, Outbox.Rows rows) {
        RecordTable seen = new Reach(new Tables(), permit.visible()).find(table.ref()).orElse(table);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("event", word(event.moment()));
        told.put("ref", table.ref().toString());
        told.put("id", rows.id());
        if (rows.before() != null) {
            told.put("before", Plain.of(seen.seen(rows.before())));
        }
        if (rows.after() != null) {
            told.put("after", Plain.of(seen.seen(rows.after())));
        }
        told.put("by", kept.by());
        told.put("at", kept.at().toInstant().toString());
        told.put("execution_id", kept.executionId());
        return told;
    }

    /// The moment as authors name it: `created`.
    static String word(RecordEvent.Moment moment) {
        return switch (moment) {
            case ON_CREATE -> "created";
            case ON_UPDATE -> "updated";
            case ON_DELETE -> "deleted";
            case ON_VIEW -> "viewed";
            case BEFORE_CREATE, BEFORE_UPDATE, BEFORE_DELETE -> moment.name().toLowerCase(Locale.ROOT);
        };
    }
}
