package dev.appos.web;

import dev.appos.identity.Identities;
import dev.appos.identity.OidcLogins;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logins for which another provider vouches: the way there and the way back.
final class OidcRoutes {

    private static final String COOKIE = "appos_oidc";

    private final OidcLogins logins;
    private final Identities identities;
    private final Entrance entrance;

    OidcRoutes(OidcLogins logins, Identities identities, Entrance entrance) {
        this.logins = logins;
        this.identities = identities;
        this.entrance = entrance;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/auth/providers", "Who else may vouch for a person.", _ -> providers()).toEverybody(),
                Route.get("/api/auth/oidc/{provider}", "Begins a login there; return is where to come back to.",
                        this::begin).toEverybody(),
                Route.get("/api/auth/oidc/{provider}/callback", "Where the provider sends the browser back to.",
                        this::finish).toEverybody());
    }

    private Response providers() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", logins.providers().stream()
                .map(provider -> Map.of("name", provider.name(), "label", provider.label()))
                .toList());
        answer.put("next", null);
        return Response.json(answer);
    }

    private Response begin(Request request) {
        OidcLogins.Begun begun = logins.begin(request.param("provider"), request.query("return").orElse("/"));
        return Response.empty(303)
                .with("Location", begun.to().toString())
                .with("Set-Cookie", cookie(begun.sealed(), OidcLogins.LASTS.toSeconds()));
    }

    /// The provider sends the browser here, so what comes is answered with a page to go to, never with JSON.
    private Response finish(Request request) {
        OidcLogins.Ended ended = logins.finish(
                request.param("provider"),
                request.query("state"),
                request.query("code"),
                request.cookie(COOKIE),
                Authentication.client(request));
        if (ended.login().isEmpty()) {
            String back = URLEncoder.encode(ended.returnTo(), StandardCharsets.UTF_8);
            return Response.empty(303)
                    .with("Location", "/login?problem=" + ended.problem() + "&return=" + back)
                    .with("Set-Cookie", cookie("", 0));
        }
        request.cookie(entrance.cookie().name()).ifPresent(identities::logout);
        return Response.empty(303)
                .with("Location", ended.returnTo())
                .with("Set-Cookie", entrance.cookie(ended.login().get(), request.caller().at()));
    }

    private String cookie(String value, long seconds) {
        return COOKIE + "=" + value + "; Path=/api/auth/oidc; HttpOnly; SameSite=Lax; Max-Age=" + seconds
                + (entrance.cookie().secure() ? "; Secure" : "");
    }
}
