package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.object.Input;
import java.util.List;

/// Rules: `/api/{app}/v1/rpc/{rule}` with the inputs as a JSON object.
final class RuleRoutes {

    private final Calls calls;

    RuleRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/{app}/v1/rpc/{rule}", "Runs a rule with the body as its inputs.", this::run)
                .toGranted());
    }

    private Response run(Request request) {
        Ref ref = Ref.parse(request.param("app") + ".rules." + request.param("rule"))
                .orElseThrow(() -> Calls.nothing(request));
        return Response.json(calls.call(request, ref, new Input.Run(request.objectOrEmpty())));
    }
}
