package dev.appos.web;

import io.javalin.http.Context;
import java.util.Set;

/// Which other sites' scripts may read answers: those of the origins that are named, and of no other. They come with a
/// key or a token of their own; a session cookie is never theirs to use.
final class Cors {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String SENT = "Authorization, X-API-Key, Content-Type, Accept, Prefer, Range, If-Match, "
            + "If-None-Match, Idempotency-Key, Mcp-Protocol-Version, traceparent";
    private static final String READ = "Content-Range, ETag, Location, Retry-After, Preference-Applied, "
            + "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
    private static final String ASK_AGAIN_AFTER_S = "600";

    private final Set<String> origins;

    /// @param origins as browsers write them: `https://shop.example`, with a port unless it is the usual one
    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /// Whether any other site is let in at all.
    boolean used() {
        return !origins.isEmpty();
    }

    /// Lets the script that asks read the answer, if it is of an origin that may.
    void allow(Context http) {
        if (!used()) {
            return;
        }
        // Who asks decides what is answered, so no cache may give it to somebody else.
        http.header("Vary", "Origin");
        String origin = http.header("Origin");
        if (origin != null && origins.contains(origin)) {
            http.header("Access-Control-Allow-Origin", origin);
            http.header("Access-Control-Expose-Headers", READ);
        }
    }

    /// Answers what a browser asks before it lets a script send something.
    void preflight(Context http) {
        allow(http);
        String origin = http.header("Origin");
        if (origin != null && origins.contains(origin)) {
            http.header("Access-Control-Allow-Methods", METHODS);
            http.header("Access-Control-Allow-Headers", SENT);
            http.header("Access-Control-Max-Age", ASK_AGAIN_AFTER_S);
        }
        http.status(204);
    }
}
