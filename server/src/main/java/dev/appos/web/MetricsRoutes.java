package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.object.Permission;
import dev.appos.trace.Meters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// `GET /metrics` in Prometheus' form. Everybody gets the numbers of the platform itself; what names objects of apps is
/// for those who may list them: administrators.
final class MetricsRoutes {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final Ref NEEDED = new Ref(Ref.PLATFORM, "rules", "list_metrics");

    private final Meters meters;
    private final Calls calls;

    MetricsRoutes(Meters meters, Calls calls) {
        this.meters = meters;
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(Route.get(
                        "/metrics", "Numbers for Prometheus; those of objects only for administrators.", this::metrics)
                .toEverybody());
    }

    private Response metrics(Request request) {
        boolean everything = request.caller().principal().isPresent()
                && calls.snapshot().find(NEEDED)
                        .map(rule -> calls.allows(request, rule, Permission.ADMIN))
                        .orElse(false);
        return new Response(200, TYPE, Map.of(), meters.text(everything).getBytes(StandardCharsets.UTF_8));
    }
}
