package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.cache.RateLimit;
import dev.appos.cache.RateLimiter;
import io.javalin.http.Context;
import java.util.Optional;

/// How many requests one caller may make in a while. A stranger is counted by address, everyone else by what he
/// presents: each API key by itself, sessions and tokens by their owner.
final class Rates {

    private static final String KEY_FORM = "appos_";
    private static final int PUBLIC_PART = KEY_FORM.length() + 12;

    private final RateLimiter limiter;
    private final EdgeSettings settings;

    Rates(RateLimiter limiter, EdgeSettings settings) {
        this.limiter = limiter;
        this.settings = settings;
    }

    /// Counts a request, and says in the headers of its answer how many more there may be.
    ///
    /// @param caller the name of whoever is known by a credential
    /// @throws Refusal if there were too many
    void count(Context http, Optional<String> caller, String address) {
        Optional<RateLimit> limit = (caller.isPresent() ? settings.callers() : settings.strangers()).get();
        if (limit.isEmpty()) {
            return;
        }
        String who = caller.map(name -> presented(http).orElse("owner:" + name)).orElse("address:" + address);
        RateLimiter.Outcome outcome = limiter.count(who, limit.get());
        http.header("X-RateLimit-Limit", String.valueOf(outcome.limit()));
        http.header("X-RateLimit-Remaining", String.valueOf(outcome.remaining()));
        http.header("X-RateLimit-Reset", String.valueOf(Math.ceilDiv(outcome.resetsIn().toMillis(), 1000)));
        if (!outcome.allowed()) {
            throw Refusal.overBudget("More than " + outcome.limit() + " requests were made.", outcome.resetsIn());
        }
    }

    /// The public part of a key: it tells keys apart and proves nothing.
    private static Optional<String> presented(Context http) {
        return Optional.ofNullable(http.header(Authentication.KEY_HEADER))
                .filter(key -> key.startsWith(KEY_FORM) && key.length() > PUBLIC_PART)
                .map(key -> "key:" + key.substring(KEY_FORM.length(), PUBLIC_PART));
    }
}
