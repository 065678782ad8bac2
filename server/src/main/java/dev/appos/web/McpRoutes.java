package dev.appos.web;

import dev.appos.mcp.Endpoint;
import java.util.List;
import java.util.Map;

/// `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions.
final class McpRoutes {

    private final Endpoint endpoint;

    McpRoutes(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/mcp", "One message of the Model Context Protocol.", this::message),
                // The protocol asks for 405 where a server offers no stream of its own.
                Route.get("/mcp", "No stream is offered.", _ -> Response.empty(405).with("Allow", "POST")));
    }

    private Response message(Request request) {
        return endpoint.answer(request.caller().context(), request.body())
                .map(answer -> new Response(200, Response.JSON, Map.of(), answer))
                .orElse(Response.empty(202));
    }
}
