package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.identity.Identities;
import dev.appos.identity.Login;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logging in and out, and what belongs to the caller's own account.
final class AuthRoutes {

    private final Identities identities;
    private final SessionCookie cookie;
    private final Calls calls;

    AuthRoutes(Identities identities, SessionCookie cookie, Calls calls) {
        this.identities = identities;
        this.cookie = cookie;
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/auth/login", "Logs a person in and sets the session cookie.", this::login)
                        .toEverybody(),
                Route.post("/api/auth/token", "Exchanges an API key for a bearer token.", this::token).toEverybody(),
                Route.post("/api/auth/logout", "Ends the session or token.", this::logout),
                Route.get("/api/auth/me", "Who the caller is.", this::me),
                Route.post("/api/auth/password", "Changes one's password; other sessions end.", this::password),
                Route.get("/api/auth/sessions", "The caller's sessions and tokens.", this::sessions),
                Route.delete("/api/auth/sessions/{id}", "Ends one of the caller's sessions.", this::endSession));
    }

    private Response login(Request request) {
        Map<String, Object> body = request.object();
        Login login = identities.login(
                text(body, "username"), text(body, "password"), Authentication.client(request));
        // Whatever cookie came with it is worth nothing from here on, planted or left over.
        request.cookie(cookie.name()).ifPresent(identities::logout);
        return welcome(request, login);
    }

    /// The session just made, in the cookie and in words.
    private Response welcome(Request request, Login login) {
        Instant now = request.caller().at();
        Caller caller = new Caller(
                Optional.of(login.principal()), Optional.empty(), Optional.of(login.csrfToken()),
                request.caller().executionId(), now);
        Map<String, @Nullable Object> answer = described(new Request(request, caller), login.csrfToken());
        answer.put("expires_at", login.expiresAt());
        long seconds = Duration.between(now, login.expiresAt()).toSeconds();
        return Response.json(answer).with("Set-Cookie", cookie.set(login.token(), seconds));
    }

    private Response token(Request request) {
        String key = request.header(Authentication.KEY_HEADER)
                .orElseThrow(() -> Refusal.unauthenticated("There is no X-API-Key."));
        Login login = identities.token(key, Authentication.client(request));
        return Response.json(Map.of(
                "token", login.token(), "token_type", "Bearer", "expires_at", login.expiresAt()));
    }

    private Response logout(Request request) {
        request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()))
                .ifPresent(header -> identities.logout(header.substring("Bearer ".length())));
        request.cookie(cookie.name()).ifPresent(identities::logout);
        return Response.empty(204).with("Set-Cookie", cookie.clear());
    }

    private Response me(Request request) {
        return Response.json(described(request, request.caller().csrf().orElse(null)));
    }

    /// Every session and token of the account ends. A person at a browser goes on in a new one.
    private Response password(Request request) {
        calls.platform(request, "change_password", request.object());
        return request.caller().csrf().isEmpty()
                ? Response.empty(204)
                : welcome(request, identities.renew(request.caller().context().principal(),
                        Authentication.client(request)));
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

    private Map<String, @Nullable Object> described(Request request, @Nullable String csrf) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("user", calls.platform(request, "get_current_user", Map.of()));
        answer.put("csrf_token", csrf);
        return answer;
    }

    private static String text(Map<String, Object> body, String name) {
        Object value = body.get(name);
        try {
            if (value == null) {
                throw new IllegalArgumentException("must be given");
            }
            return (String) Values.convert(ValueType.TEXT, List.of(), value);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The login", "/" + name, "required", String.valueOf(e.getMessage()));
        }
    }
}
