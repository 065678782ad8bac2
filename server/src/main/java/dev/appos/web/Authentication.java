package dev.appos.web;

import dev.appos.api.Ctx;
import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Origin;
import dev.appos.identity.Client;
import dev.appos.identity.Identities;
import dev.appos.identity.Identity;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds out who makes a request: an API key, a bearer token, or the cookie of a session, in this order. The first one
/// that is presented decides; there is no falling back to another identity.
final class Authentication {

    static final String KEY_HEADER = "X-API-Key";
    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final String BEARER = "Bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Identities identities;
    private final SessionCookie cookie;
    private final Ids ids;
    private final Clock clock;

    Authentication(Identities identities, SessionCookie cookie, Ids ids, Clock clock) {
        this.identities = identities;
        this.cookie = cookie;
        this.ids = ids;
        this.clock = clock;
    }

    String executionId() {
        return ids.execution();
    }

    /// Who it is; a stranger when nothing is presented or what is presented is not good.
    Caller caller(Context http, String executionId) {
        Instant now = clock.instant();
        try {
            String key = http.header(KEY_HEADER);
            if (key != null) {
                return known(
                        identities.apiKey(key), Optional.empty(), executionId, now, origin(http, Optional.empty()));
            }
            String authorization = http.header("Authorization");
            if (authorization != null) {
                boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
                String token = bearer ? authorization.substring(BEARER.length()) : "";
                return known(
                        identities.bearer(token), Optional.empty(), executionId, now, origin(http, Optional.empty()));
            }
            String presented = http.cookie(cookie.name());
            if (presented != null) {
                Identity identity = identities.session(presented);
                Origin origin = origin(http, Optional.of(identity.credential()));
                return known(identity, Optional.of(identity.csrfToken()), executionId, now, origin);
            }
        } catch (Refusal refusal) {
            if (refusal.reason() != Refusal.Reason.UNAUTHENTICATED) {
                throw refusal;
            }
        }
        return new Caller(
                Optional.empty(), Optional.empty(), Optional.empty(), executionId, now,
                origin(http, Optional.empty()));
    }

    /// Lets somebody who presents nothing run as the account for strangers. Who presents something that is not good is
    /// refused and falls back to nobody.
    ///
    /// @throws Refusal if the account is not active, or the request is one that strangers cannot make
    Caller stranger(Context http, Caller unknown) {
        boolean presents = http.header(KEY_HEADER) != null
                || http.header("Authorization") != null
                || http.cookie(cookie.name()) != null;
        if (presents) {
            throw Caller.needsLogin();
        }
        if (http.header("Idempotency-Key") != null) {
            // Strangers are one account: one would be given the answer of another.
            throw Refusal.malformed("An Idempotency-Key needs a login.", "Leave it out, or log in.");
        }
        Principal principal = identities.find(Groups.PUBLIC_ACCOUNT).orElseThrow(Caller::needsLogin);
        return new Caller(
                Optional.of(principal), Optional.empty(), Optional.empty(), unknown.executionId(), unknown.at(),
                unknown.origin());
    }

    /// Who still makes a request that goes on, as he stands now; nobody where what he presented is no longer good.
    Optional<Principal> still(Request request) {
        try {
            Optional<String> key = request.header(KEY_HEADER);
            if (key.isPresent()) {
                return Optional.of(identities.stillKey(key.get()).principal());
            }
            Optional<String> authorization = request.header("Authorization");
            if (authorization.isPresent()) {
                return Optional.of(identities.stillBearer(authorization.get().substring(BEARER.length())).principal());
            }
            return request.cookie(cookie.name()).map(identities::stillSession).map(Identity::principal);
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.UNAUTHENTICATED) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /// A changing request with a cookie must repeat the token of its session, which no other site can read.
    ///
    /// @throws Refusal if it does not
    void checkCsrf(Context http, Caller caller) {
        if (caller.csrf().isEmpty() || SAFE.contains(http.method().toString())) {
            return;
        }
        String sent = Optional.ofNullable(http.header(CSRF_HEADER)).orElse("");
        if (!same(sent, caller.csrf().get())) {
            throw Refusal.forbidden(
                    "A change with a session cookie",
                    "the header " + CSRF_HEADER + " is missing or of another session",
                    "Send the csrf_token of the login with it.");
        }
    }

    /// Where a login comes from.
    static Client client(Request request) {
        return new Client(request.ip(), request.header("User-Agent").orElse(""));
    }

    /// What app code may know of a request: no header but the name of the browser, and no query, as either may prove
    /// who asks.
    private static Origin origin(Context http, Optional<UUID> session) {
        String agent = Optional.ofNullable(http.userAgent()).orElse("");
        Ctx.Request request =
                new Ctx.Request(http.method().toString(), http.path(), Addresses.known(http), agent);
        return Origin.of(request, session);
    }

    private static Caller known(
            Identity identity, Optional<String> csrf, String executionId, Instant now, Origin origin) {
        return new Caller(
                Optional.of(identity.principal()), Optional.of(identity.credential()), csrf, executionId, now, origin);
    }

    private static boolean same(String sent, String expected) {
        return MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
