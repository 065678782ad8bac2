package dev.appos.web;

import dev.appos.identity.Identities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The caller's own account: password, sessions, second factor.
final class AccountRoutes {

    private final Identities identities;
    private final Entrance entrance;
    private final Calls calls;

    AccountRoutes(Identities identities, Entrance entrance, Calls calls) {
        this.identities = identities;
        this.entrance = entrance;
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/auth/password", "Changes one's password; other sessions end.", this::password),
                Route.get("/api/auth/sessions", "The caller's sessions and tokens.", this::sessions),
                Route.delete("/api/auth/sessions/{id}", "Ends one of the caller's sessions.", this::endSession),
                Route.get("/api/auth/second-factor", "Whether logins need a code.", request ->
                        Response.json(calls.platform(request, "get_second_factor", Map.of()))),
                Route.post("/api/auth/second-factor", "Begins a second factor.", request ->
                        Response.json(proved(request, "password", "enrol_second_factor"))),
                Route.post("/api/auth/second-factor/confirm", "Switches the second factor on.", request ->
                        Response.json(calls.platform(request, "confirm_second_factor", request.object()))),
                Route.post("/api/auth/second-factor/end", "Switches the second factor off.", request -> {
                    proved(request, "password", "end_second_factor");
                    return Response.empty(204);
                }));
    }

    /// Every session and token of the account ends. A person at a browser goes on in a new one.
    private Response password(Request request) {
        proved(request, "old_password", "change_password");
        return request.caller().csrf().isEmpty()
                ? Response.empty(204)
                : entrance.welcome(request, identities.renew(
                        request.caller().context().principal(), Authentication.client(request)));
    }

    /// Counted before the rule looks at it: whoever found a browser open does not get to guess the password there.
    private @Nullable Object proved(Request request, String field, String rule) {
        Map<String, Object> body = request.object();
        if (body.get(field) instanceof String password) {
            identities.recheck(name(request), password, Authentication.client(request));
        }
        return calls.platform(request, rule, body);
    }

    private Response sessions(Request request) {
        Map<?, ?> page = (Map<?, ?>) calls.platform(request, "list_sessions", Map.of("username", name(request)));
        String current = request.caller().credential().map(Object::toString).orElse("");
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Object item : (List<?>) page.get("items")) {
            Map<String, @Nullable Object> session = new LinkedHashMap<>();
            ((Map<?, ?>) item).forEach((key, value) -> session.put(String.valueOf(key), value));
            session.put("current", String.valueOf(session.get("id")).equals(current));
            items.add(session);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", items);
        answer.put("next", null);
        return Response.json(answer);
    }

    private Response endSession(Request request) {
        calls.platform(request, "end_session", Map.of("id", request.param("id"), "username", name(request)));
        return Response.empty(204);
    }

    private static String name(Request request) {
        return request.caller().context().principal().name();
    }
}
