package dev.appos.web;

import dev.appos.insight.Health;
import dev.appos.insight.HealthResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the process lives, and whether it can serve. Strangers are told names and statuses, and nothing of what is
/// inside.
final class HealthRoutes {

    private final Health health;
    private final ServerSettings settings;

    HealthRoutes(Health health, ServerSettings settings) {
        this.health = health;
        this.settings = settings;
    }

    List<Route> routes() {
        return List.of(
                Route.get(settings.health(), "Whether the process lives; depends on nothing.", _ -> alive())
                        .toEverybody(),
                Route.get("/healthz", "The same as /health.", _ -> alive()).toEverybody(),
                Route.get(settings.ready(), "Whether the server can serve: 503 when it cannot.", _ -> ready())
                        .toEverybody());
    }

    private Response alive() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "ok");
        answer.put("version", health.facts().version());
        answer.put("environment", health.facts().environment());
        answer.put("uptime_seconds", health.uptime().toSeconds());
        return Response.json(answer);
    }

    private Response ready() {
        Map<String, String> checks = new LinkedHashMap<>();
        for (HealthResult result : health.results()) {
            checks.put(result.name(), result.status().word());
        }
        boolean ready = health.ready();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", ready ? "ready" : "not_ready");
        answer.put("checks", checks);
        return Response.json(ready ? 200 : 503, answer);
    }
}
