package dev.appos.cache;

import dev.appos.base.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Small values, counters and messages that live for a while: on one node, or shared by all of them.
///
/// Nothing here throws because the store is away: a value is then not there, a count is not known, a message does not
/// arrive. So it is for what can be done without, and never for what decides who may do what.
///
/// Thread-safe.
public sealed interface SharedCache extends AutoCloseable permits LocalCache, RedisCache {

    /// The value kept under a key, if it is still there.
    Optional<String> get(String key);

    /// Keeps a value for as long as told, in place of what was there.
    void set(String key, String value, Duration life);

    /// Forgets a value.
    void delete(String key);

    /// Adds one to a counter that lives for `window` from its first count on.
    ///
    /// @return the count so far, this one included; nothing if the store is away
    OptionalLong count(String key, Duration window);

    /// Tells all nodes something, this one too.
    void publish(String topic, String message);

    /// Has messages of a topic handed over from now on, on a thread of the cache: do little there.
    void subscribe(String topic, Consumer<String> listener);

    /// Whether the store answers.
    boolean ping();

    /// The JSON value kept under a key: maps, lists, texts, numbers, booleans.
    default Optional<Object> getJson(String key) {
        return get(key).map(Json::read);
    }

    /// Keeps a JSON value for as long as told.
    default void setJson(String key, Object value, Duration life) {
        set(key, Json.write(value), life);
    }

    @Override
    void close();
}
