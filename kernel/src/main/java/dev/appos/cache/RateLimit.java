package dev.appos.cache;

import java.time.Duration;

/// So many requests in so long a time.
public record RateLimit(int requests, Duration window) {

    public RateLimit {
        if (requests < 1 || !window.isPositive()) {
            throw new IllegalArgumentException("a rate allows at least one request in some time");
        }
    }
}
