package dev.appos.cache;

import dev.appos.base.Breaker;
import java.time.Duration;

/// How a Redis or Valkey is reached.
///
/// @param url     `redis://127.0.0.1:6379/0`, `rediss://` for TLS; may hold a password
/// @param timeout the longest an operation waits for an answer; several in a row that wait so long open the breaker
/// @param breaker when it is left alone, and for how long
public record RedisSettings(String url, Duration timeout, Breaker.Settings breaker) {

    public static final Duration USUAL_TIMEOUT = Duration.ofMillis(50);

    public static RedisSettings of(String url) {
        return new RedisSettings(url, USUAL_TIMEOUT, Breaker.Settings.DEFAULT);
    }

    /// Without the url, which may hold a password.
    @Override
    public String toString() {
        return "RedisSettings[timeout=" + timeout + "]";
    }
}
