package dev.appos.cache;

import dev.appos.base.Breaker;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The cache that all nodes share, in a Redis or Valkey. One that is away or hangs costs a few short waits, after which
/// it is left alone for a while.
public final class RedisCache implements SharedCache {

    /// Counts, and gives a counter that has just begun its life: one step, so that none stays for ever.
    private static final String COUNT =
            "local n = redis.call('incr', KEYS[1]) if n == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end return n";

    private final RedisClient client;
    private final RedisURI address;
    private final Breaker breaker;
    private final LocalCache here = new LocalCache(System::nanoTime);
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile @Nullable StatefulRedisPubSubConnection<String, String> listening;

    /// Connects at the first use, so a Redis that is away keeps nobody from starting.
    ///
    /// @param nanoTime a clock that only goes forward, such as `System::nanoTime`
    /// @throws IllegalArgumentException if the url is none
    public RedisCache(RedisSettings settings, LongSupplier nanoTime) {
        this.address = RedisURI.create(settings.url());
        this.address.setTimeout(settings.timeout());
        this.client = RedisClient.create();
        this.client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
                .socketOptions(SocketOptions.builder().connectTimeout(settings.timeout()).build())
                .build());
        this.breaker = new Breaker(settings.breaker(), nanoTime);
    }

    @Override
    public Optional<String> get(String key) {
        return tried(redis -> redis.get(key));
    }

    @Override
    public void set(String key, String value, Duration life) {
        tried(redis -> redis.psetex(key, life.toMillis(), value));
    }

    @Override
    public void delete(String key) {
        tried(redis -> redis.del(key));
    }

    @Override
    public OptionalLong count(String key, Duration window) {
        String life = String.valueOf(window.toMillis());
        Optional<Long> count = tried(redis ->
                redis.eval(COUNT, ScriptOutputType.INTEGER, new String[] {key}, life));
        return count.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    @Override
    public void publish(String topic, String message) {
        boolean heard = listening != null && tried(redis -> redis.publish(topic, message)).isPresent();
        if (!heard) {
            here.publish(topic, message);
        }
    }

    @Override
    public void subscribe(String topic, Consumer<String> listener) {
        here.subscribe(topic, listener);
        topics.add(topic);
        tried(redis -> listening());
    }

    @Override
    public boolean ping() {
        return tried(RedisCommands::ping).isPresent();
    }

    /// Whether Redis is left alone at the moment.
    public Breaker.State state() {
        return breaker.state();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    private <T> Optional<T> tried(Function<RedisCommands<String, String>, @Nullable T> work) {
        try {
            return breaker.call(() -> Optional.ofNullable(work.apply(connected().sync())));
        } catch (Breaker.Open | RedisException _) {
            return Optional.empty();
        }
    }

    private StatefulRedisConnection<String, String> connected() {
        StatefulRedisConnection<String, String> known = connection;
        if (known != null) {
            return known;
        }
        connecting.lock();
        try {
            StatefulRedisConnection<String, String> other = connection;
            StatefulRedisConnection<String, String> made = other == null ? client.connect(address) : other;
            connection = made;
            listening();
            return made;
        } finally {
            connecting.unlock();
        }
    }

    /// Subscribes to every topic somebody listens to; once connected, a connection that is lost comes back by itself
    /// with its topics.
    private boolean listening() {
        if (topics.isEmpty()) {
            return false;
        }
        connecting.lock();
        try {
            StatefulRedisPubSubConnection<String, String> channel = listening;
            if (channel == null) {
                channel = client.connectPubSub(address);
                channel.addListener(new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String topic, String message) {
                        here.publish(topic, message);
                    }
                });
                listening = channel;
            }
            channel.sync().subscribe(topics.toArray(String[]::new));
            return true;
        } finally {
            connecting.unlock();
        }
    }
}
