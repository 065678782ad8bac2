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

/// Logging in and out.
final class AuthRoutes {

    private final Identities identities;
    private final Entrance entrance;

    AuthRoutes(Identities identities, Entrance entrance) {
        this.identities = identities;
        this.entrance = entrance;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/auth/login", "Logs a person in and sets the session cookie.", this::login)
                        .toEverybody(),
                Route.post("/api/auth/token", "Exchanges an API key for a bearer token.", this::token).toEverybody(),
                Route.post("/api/auth/logout", "Ends the session or token.", this::logout),
                Route.get("/api/auth/me", "Who the caller is.", this::me));
    }

    private Response login(Request request) {
        Map<String, Object> body = request.object();
        Login login = identities.login(
                text(body, "username"), text(body, "password"), code(body), Authentication.client(request));
        // Whatever cookie came with it is worth nothing from here on, planted or left over.
        request.cookie(entrance.cookie().name()).ifPresent(identities::logout);
        return entrance.welcome(request, login);
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
        request.cookie(entrance.cookie().name()).ifPresent(identities::logout);
        return Response.empty(204).with("Set-Cookie", entrance.cookie().clear());
    }

    private Response me(Request request) {
        return Response.json(entrance.described(request, request.caller().csrf().orElse(null)));
    }

    private static Optional<String> code(Map<String, Object> body) {
        return body.get("code") == null ? Optional.empty() : Optional.of(text(body, "code"));
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
