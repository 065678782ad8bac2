package dev.appos.web;

import dev.appos.identity.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody gets who has just come in: the cookie, and who the platform takes him for.
final class Entrance {

    private final SessionCookie cookie;
    private final Calls calls;

    Entrance(SessionCookie cookie, Calls calls) {
        this.cookie = cookie;
        this.calls = calls;
    }

    SessionCookie cookie() {
        return cookie;
    }

    /// The session just made, in the cookie and in words.
    Response welcome(Request request, Login login) {
        Instant now = request.caller().at();
        Caller caller = new Caller(
                Optional.of(login.principal()), Optional.empty(), Optional.of(login.csrfToken()),
                request.caller().executionId(), now,
                request.caller().origin());
        Map<String, @Nullable Object> answer = described(new Request(request, caller), login.csrfToken());
        answer.put("expires_at", login.expiresAt());
        return Response.json(answer).with("Set-Cookie", cookie(login, now));
    }

    String cookie(Login login, Instant now) {
        return cookie.set(login.token(), Duration.between(now, login.expiresAt()).toSeconds());
    }

    Map<String, @Nullable Object> described(Request request, @Nullable String csrf) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("user", calls.platform(request, "get_current_user", Map.of()));
        answer.put("csrf_token", csrf);
        return answer;
    }
}
