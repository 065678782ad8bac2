package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.mcp.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions.
final class McpRoutes {

    /// The revisions of the protocol that are served, by their date.
    private static final Set<String> REVISIONS = Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    private final Endpoint endpoint;

    McpRoutes(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/mcp", "One message of the Model Context Protocol.", this::message),
                // The protocol asks for 405 where a server offers no stream of its own.
                Route.get("/mcp", "No stream is offered.", _ -> Problems.notAllowed("POST")));
    }

    private Response message(Request request) {
        checkOrigin(request);
        request.header("MCP-Protocol-Version").filter(revision -> !REVISIONS.contains(revision)).ifPresent(revision -> {
            throw Refusal.malformed(
                    "The revision " + revision + " of the protocol is not served.", "Send one of " + REVISIONS + ".");
        });
        if (!request.header("Content-Type").orElse("").contains("application/json")) {
            throw Refusal.malformed("A message is JSON.", "Send it with Content-Type: application/json.");
        }
        return endpoint.answer(request.context(), request.body())
                .map(answer -> new Response(200, Response.JSON, Map.of(), answer))
                .orElse(Response.empty(202));
    }

    /// A page of another site that a browser was made to show must not speak to a server on this machine.
    private static void checkOrigin(Request request) {
        String host = request.header("Host").orElse("");
        request.header("Origin").filter(origin -> !sameHost(origin, host)).ifPresent(origin -> {
            throw Refusal.forbidden("A message from " + origin, "it comes from another site", "Call from here.");
        });
    }

    private static boolean sameHost(String origin, String host) {
        try {
            return host.equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
