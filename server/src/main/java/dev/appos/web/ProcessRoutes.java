package dev.appos.web;

import dev.appos.api.Durations;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.StartOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starting a process. Its instances are read and ended at addresses of the platform, see [PlatformRoutes].
final class ProcessRoutes {

    private final Calls calls;

    ProcessRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(Route.post(
                "/api/{app}/v1/processes/{name}", "Starts a process with the body as its inputs.", this::start)
                .toGranted());
    }

    /// `?at=2026-12-01T08:00:00Z` or `?delay=3d`; what makes it one start is the `Idempotency-Key` of every call.
    private static StartOptions options(Request request) {
        Optional<String> at = request.query("at");
        Optional<String> delay = request.query("delay");
        try {
            Optional<Instant> time = at.map(Instant::parse)
                    .or(() -> delay.map(length -> request.caller().context().at().plus(Durations.parse(length))));
            return new StartOptions(Optional.empty(), time, Optional.empty());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
            throw Refusal.malformed(
                    "The time of the start cannot be read.", "Write at=2026-12-01T08:00:00Z or delay=3d.");
        }
    }

    private Response start(Request request) {
        Ref ref = Ref.parse(request.param("app") + ".processes." + request.param("name"))
                .orElseThrow(() -> Calls.nothing(request));
        Object id = calls.call(request, ref, new Input.Start(request.objectOrEmpty(), options(request)));
        String poll = "/api/v1/processes/" + id;
        return Response.json(202, Map.of("instance_id", String.valueOf(id), "status", "running", "poll_url", poll))
                .with("Location", poll);
    }
}
