package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.object.Input;
import java.util.List;
import java.util.Map;

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

    private Response start(Request request) {
        Ref ref = Ref.parse(request.param("app") + ".processes." + request.param("name"))
                .orElseThrow(() -> Calls.nothing(request));
        Object id = calls.call(request, ref, new Input.Start(request.objectOrEmpty()));
        String poll = "/api/v1/processes/" + id;
        return Response.json(202, Map.of("instance_id", String.valueOf(id), "status", "running", "poll_url", poll))
                .with("Location", poll);
    }
}
