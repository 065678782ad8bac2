package dev.appos.insight;

import static dev.appos.dispatch.PlatformRule.optional;

import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What administrators are told of the platform's health, messages included.
final class HealthRules {

    private final Health health;

    HealthRules(Health health) {
        this.health = health;
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "get_health", "How the platform and everything it stands on fare, as last looked at.",
                        Permission.ADMIN, List.of(), (_, _) -> values(health.results())),
                PlatformRule.reads(
                        "check_health", "Looks now, at one thing or at everything.", Permission.ADMIN,
                        List.of(optional("name", ValueType.TEXT)), this::check));
    }

    private Object check(Permit permit, Map<String, Object> inputs) {
        return inputs.get("name") instanceof String name
                ? values(List.of(health.run(name)))
                : values(health.runAll());
    }

    private Map<String, @Nullable Object> values(List<HealthResult> results) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("status", health.status().word());
        values.put("ready", health.ready());
        values.put("version", health.facts().version());
        values.put("environment", health.facts().environment());
        values.put("uptime_seconds", health.uptime().toSeconds());
        values.put("checks", results.stream().map(HealthResult::values).toList());
        return values;
    }
}
