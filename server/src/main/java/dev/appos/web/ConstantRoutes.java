package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.object.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Constants: `/api/{app}/v1/constants/{name}`; setting them is the administrators'.
final class ConstantRoutes {

    private static final String ADDRESS = "/api/{app}/v1/constants/{name}";

    private final Calls calls;

    ConstantRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ADDRESS, "The value of a constant.", this::read).toGranted(),
                Route.post(ADDRESS, "Runs the object a constant names, with the body as inputs.", this::run)
                        .toGranted(),
                Route.put("/api/admin/constants/{ref}", "Sets a constant in this environment.", this::set));
    }

    private Response read(Request request) {
        Ref ref = ref(request);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ref", ref.toString());
        answer.put("value", calls.call(request, ref, new Input.ReadConstant()));
        return Response.json(answer);
    }

    private Response run(Request request) {
        return Response.json(calls.call(request, ref(request), new Input.Run(request.objectOrEmpty())));
    }

    private Response set(Request request) {
        Map<String, Object> inputs = Map.of("ref", request.param("ref"), "setting", request.object());
        return Response.json(calls.platform(request, "set_constant", inputs));
    }

    private static Ref ref(Request request) {
        return Ref.parse(request.param("app") + ".constants." + request.param("name"))
                .orElseThrow(() -> Calls.nothing(request));
    }
}
