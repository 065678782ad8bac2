package dev.appos.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The cache of one node, in its own memory.
public final class LocalCache implements SharedCache {

    /// More entries push out those that were used least.
    static final int MOST = 100_000;

    private record Entry(String value, AtomicLong count, Duration life) {}

    private final Cache<String, Entry> entries;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    /// @param nanoTime a clock that only goes forward, such as `System::nanoTime`
    public LocalCache(Ticker nanoTime) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(nanoTime)
                .expireAfter(Expiry.<String, Entry>writing((_, entry) -> entry.life()))
                .build();
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(entries.getIfPresent(key)).map(Entry::value);
    }

    @Override
    public void set(String key, String value, Duration life) {
        entries.put(key, new Entry(value, new AtomicLong(), life));
    }

    @Override
    public void delete(String key) {
        entries.invalidate(key);
    }

    @Override
    public OptionalLong count(String key, Duration window) {
        Entry counter = entries.get(key, _ -> new Entry("", new AtomicLong(), window));
        return OptionalLong.of(counter.count().incrementAndGet());
    }

    @Override
    public void publish(String topic, String message) {
        listeners.getOrDefault(topic, List.of()).forEach(listener -> listener.accept(message));
    }

    @Override
    public void subscribe(String topic, Consumer<String> listener) {
        listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public boolean ping() {
        return true;
    }

    @Override
    public void close() {
        entries.invalidateAll();
    }
}
