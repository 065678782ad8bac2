package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.Values;
import dev.appos.object.ValueType;
import dev.appos.secure.Identities;
import dev.appos.secure.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logging in and out.
final class AuthRoutes {

    private final Identities identities;
    private final Calls calls;
    private final boolean secure;

    /// @param secure whether browsers are told to send the session over https only
    AuthRoutes(Identities identities, Calls calls, boolean secure) {
        this.identities = identities;
        this.calls = calls;
        this.secure = secure;
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
                text(body, "username"), text(body, "password"), Authentication.client(request));
        Instant now = request.caller().at();
        Caller caller = new Caller(
                Optional.of(login.principal()), Optional.of(login.csrfToken()), request.caller().executionId(), now,
                request.caller().origin());
        Map<String, @Nullable Object> answer = described(new Request(request, caller), login.csrfToken());
        answer.put("expires_at", login.expiresAt());
        long seconds = Duration.between(now, login.expiresAt()).toSeconds();
        return Response.json(answer).with("Set-Cookie", cookie(login.token(), seconds));
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
        request.cookie(Authentication.COOKIE).ifPresent(identities::logout);
        return Response.empty(204).with("Set-Cookie", cookie("", 0));
    }

    private Response me(Request request) {
        return Response.json(described(request, request.caller().csrf().orElse(null)));
    }

    private Map<String, @Nullable Object> described(Request request, @Nullable String csrf) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("user", calls.platform(request, "get_current_user", Map.of()));
        answer.put("csrf_token", csrf);
        return answer;
    }

    private String cookie(String token, long seconds) {
        return Authentication.COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + seconds
                + (secure ? "; Secure" : "");
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
