package dev.appos.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What nodes share for a while, in memory and in a real Redis, and what becomes of it when Redis dies or hangs.
final class CacheTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RateLimit FIVE_A_MINUTE = new RateLimit(5, LONG);

    private final AtomicLong nanos = new AtomicLong();
    private TestRedis redis;

    @BeforeEach
    void start() throws Exception {
        redis = new TestRedis();
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
    }

    private SharedCache cache(String kind) {
        return switch (kind) {
            case "memory" -> new LocalCache(System::nanoTime);
            case "redis" -> redis();
            default -> throw new AssertionError(kind);
        };
    }

    private RedisCache redis() {
        // A first answer may take longer than the usual timeout while classes are loaded on a busy machine.
        RedisSettings patient = new RedisSettings(
                redis.settings().url(), Duration.ofSeconds(5), Breaker.Settings.DEFAULT);
        return new RedisCache(patient, nanos::get);
    }

    private RedisCache hasty() {
        return new RedisCache(redis.settings(), nanos::get);
    }

    private static void until(BooleanSupplier done) {
        for (int i = 0; i < 500; i++) {
            if (done.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("not within ten seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "redis"})
    void a_value_is_there_until_it_is_deleted_or_its_life_is_over(String kind) {
        try (SharedCache cache = cache(kind)) {
            assertThat(cache.ping()).isTrue();
            assertThat(cache.get("a")).isEmpty();
            cache.set("a", "1", LONG);
            cache.set("a", "2", LONG);
            cache.setJson("b", Map.of("list", List.of("x", true)), LONG);
            cache.set("short", "gone soon", Duration.ofMillis(50));

            assertThat(cache.get("a")).contains("2");
            assertThat(cache.getJson("b")).contains(Map.of("list", List.of("x", true)));
            cache.delete("a");
            assertThat(cache.get("a")).isEmpty();
            until(() -> cache.get("short").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "redis"})
    void a_counter_counts_until_its_window_is_over(String kind) {
        try (SharedCache cache = cache(kind)) {
            assertThat(cache.count("n", LONG)).hasValue(1);
            assertThat(cache.count("n", LONG)).hasValue(2);
            assertThat(cache.count("other", LONG)).hasValue(1);
            assertThat(cache.count("brief", Duration.ofMillis(50))).hasValue(1);
            until(() -> cache.count("brief", Duration.ofMillis(50)).equals(OptionalLong.of(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "redis"})
    void whoever_listens_to_a_topic_hears_its_messages_once(String kind) throws Exception {
        try (SharedCache cache = cache(kind)) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            cache.subscribe("changes", heard::add);
            cache.publish("other", "not this");
            cache.publish("changes", "this");

            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("this");
            assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void two_nodes_share_values_counters_and_messages_through_redis() throws Exception {
        try (SharedCache one = redis();
                SharedCache two = redis()) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            two.subscribe("changes", heard::add);
            one.subscribe("changes", _ -> { });
            one.set("a", "from one", LONG);
            one.count("n", LONG);
            one.publish("changes", "crm.records.customer");

            assertThat(two.get("a")).contains("from one");
            assertThat(two.count("n", LONG)).hasValue(2);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("crm.records.customer");
        }
    }

    @Test
    void a_redis_that_is_killed_answers_nothing_is_left_alone_and_is_found_again() throws Exception {
        try (RedisCache cache = redis()) {
            cache.set("a", "1", LONG);
            redis.kill();

            until(() -> cache.state() == Breaker.State.OPEN || cache.get("a").isPresent());
            assertThat(cache.get("a")).isEqualTo(Optional.empty());
            assertThat(cache.count("n", LONG)).isEmpty();
            assertThat(cache.ping()).isFalse();

            redis.start();
            assertThat(cache.ping()).as("still left alone").isFalse();
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            until(() -> {
                nanos.addAndGet(Duration.ofSeconds(30).toNanos());
                return cache.ping();
            });
            cache.set("a", "2", LONG);
            assertThat(cache.get("a")).contains("2");
        }
    }

    @Test
    void a_redis_that_hangs_costs_a_few_short_waits_and_then_nothing() throws Exception {
        try (RedisCache cache = hasty()) {
            until(() -> {
                nanos.addAndGet(Duration.ofSeconds(30).toNanos());
                return cache.ping();
            });
            redis.freeze();
            try {
                int waited = 0;
                while (cache.state() == Breaker.State.CLOSED && waited < 100) {
                    cache.get("a");
                    waited++;
                }
                assertThat(waited).isEqualTo(5);

                long begun = System.nanoTime();
                for (int i = 0; i < 1000; i++) {
                    assertThat(cache.get("a")).isEmpty();
                }
                // A thousand waits would take at least fifty seconds.
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            } finally {
                redis.thaw();
            }
        }
    }

    @Test
    void a_platform_starts_without_its_redis() throws Exception {
        redis.kill();
        try (RedisCache cache = hasty()) {
            assertThat(cache.ping()).isFalse();
            cache.publish("changes", "nobody listens");
            cache.set("a", "1", LONG);
            assertThat(cache.get("a")).isEmpty();
        }
    }

    @Test
    void a_rate_is_one_for_all_nodes_and_one_for_each_while_redis_is_away() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-20T10:00:15Z"), ZoneOffset.UTC);
        try (SharedCache first = redis();
                SharedCache second = redis()) {
            RateLimiter one = new RateLimiter(first, new LocalCache(nanos::get), clock);
            RateLimiter two = new RateLimiter(second, new LocalCache(nanos::get), clock);

            for (int i = 0; i < 5; i++) {
                assertThat((i % 2 == 0 ? one : two).count("ana", FIVE_A_MINUTE).allowed()).isTrue();
            }
            RateLimiter.Outcome sixth = two.count("ana", FIVE_A_MINUTE);
            assertThat(sixth).isEqualTo(new RateLimiter.Outcome(false, 5, 0, Duration.ofSeconds(45)));
            assertThat(one.count("ben", FIVE_A_MINUTE).remaining()).isEqualTo(4);

            redis.kill();
            for (int i = 0; i < 5; i++) {
                assertThat(one.count("cleo", FIVE_A_MINUTE).allowed()).isTrue();
            }
            assertThat(one.count("cleo", FIVE_A_MINUTE).allowed()).isFalse();
            assertThat(two.count("cleo", FIVE_A_MINUTE).allowed()).isTrue();
        }
    }
}
