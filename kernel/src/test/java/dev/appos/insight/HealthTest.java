package dev.appos.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.secure.SettableClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What checks find, and what is told without waiting for them.
class HealthTest {

    private static final HealthSettings QUICK =
            new HealthSettings(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(200), 3);

    private final SettableClock clock = new SettableClock();
    private final Health health = new Health(new Health.Facts("1", "test", clock.instant()), QUICK, clock);
    private final AtomicBoolean well = new AtomicBoolean(true);

    @AfterEach
    void close() {
        health.close();
    }

    private String probe() {
        if (!well.get()) {
            throw new IllegalStateException("password of db.internal is wrong");
        }
        return "fine";
    }

    @Test
    void three_failures_in_a_row_are_unhealthy_and_one_success_is_healthy() {
        health.register("database", true, this::probe);
        assertThat(health.results().getFirst().status()).isEqualTo(HealthStatus.UNKNOWN);
        assertThat(health.ready()).isFalse();

        assertThat(health.run("database").status()).isEqualTo(HealthStatus.HEALTHY);
        well.set(false);
        assertThat(health.run("database").status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(health.run("database").status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(health.ready()).isTrue();
        HealthResult third = health.run("database");
        assertThat(third.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(third.consecutiveFailures()).isEqualTo(3);
        assertThat(third.message()).contains("db.internal");
        assertThat(third.lastCheck()).contains(clock.instant());
        assertThat(health.ready()).isFalse();

        well.set(true);
        assertThat(health.run("database").status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(health.ready()).isTrue();
    }

    @Test
    void whoever_asks_again_at_once_is_told_again_however_often() {
        health.register("database", true, this::probe);
        for (int i = 0; i < 20_000; i++) {
            assertThat(health.run("database").status()).isEqualTo(HealthStatus.HEALTHY);
        }
    }

    @Test
    void what_is_not_critical_degrades_the_platform_and_no_more() {
        health.register("database", true, () -> "fine");
        health.register("disk", false, this::probe);
        well.set(false);
        for (int i = 0; i < 5; i++) {
            health.runAll();
        }

        assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(health.ready()).isTrue();
    }

    @Test
    void a_check_that_hangs_fails_in_time_holds_up_no_other_and_is_not_begun_twice() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        health.register("hangs", true, () -> {
            begun.incrementAndGet();
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException _) {
                    // As a driver does that does not hear.
                }
            }
            return "";
        });
        health.register("quick", true, () -> "fine");
        long start = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            health.runAll();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(begun).hasValue(1);
        assertThat(health.results()).extracting(HealthResult::status)
                .containsExactly(HealthStatus.UNHEALTHY, HealthStatus.HEALTHY);
        never.countDown();
    }

    @Test
    void an_error_of_a_check_is_a_failure_and_the_rhythm_goes_on() throws InterruptedException {
        CountDownLatch again = new CountDownLatch(3);
        health.register("broken", false, () -> {
            again.countDown();
            throw new StackOverflowError("deep");
        });
        health.start();

        assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(health.results().getFirst().status()).isNotEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void an_unknown_check_is_refused_with_the_nearest() {
        health.register("database", true, () -> "fine");
        assertThatThrownBy(() -> health.run("databse"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.remedy()).contains("database"));
    }
}
