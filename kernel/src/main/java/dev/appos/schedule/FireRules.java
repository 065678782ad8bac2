package dev.appos.schedule;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Listening;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ValueType;
import dev.appos.secure.Principal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the platform offers on events that apps and programs tell of: `platform.rules.fire_event`.
public final class FireRules {

    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_]*\\.events\\.\\S{1,200}");

    public List<PlatformRule> all() {
        return List.of(PlatformRule.writes(
                "fire_event",
                "Starts the processes that listen to an event such as crm.events.order_paid, and says what came of "
                        + "each; for administrators and service accounts.",
                Permission.VIEW,
                List.of(required("event", ValueType.TEXT), optional("data", ValueType.MAP)), this::fire));
    }

    @SuppressWarnings("unchecked") // an input that is a map
    private Object fire(Permit permit, Map<String, Object> inputs) {
        String event = (String) inputs.get("event");
        boolean may = switch (permit.principal()) {
            case Principal.User user -> user.type() != Principal.Type.BASIC;
            case Principal.Platform _ -> true;
            case Principal.Agent _ -> false;
        };
        if (!may) {
            throw Refusal.forbidden(
                    "platform.rules.fire_event", "it is for administrators and service accounts",
                    "Let a rule of the app tell it: ctx.log().event(\"order_paid\", …).");
        }
        if (!EVENT.matcher(event).matches()) {
            throw Refusal.invalid("The input", "/event", "form", "must be written like crm.events.order_paid");
        }
        Map<String, Object> data = (Map<String, Object>) inputs.getOrDefault("data", Map.of());
        return Map.of("items", Listening.tell(permit, event, data));
    }
}
