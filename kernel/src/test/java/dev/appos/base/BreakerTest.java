package dev.appos.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// When a breaker opens, probes and closes.
final class BreakerTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Breaker breaker = new Breaker(Breaker.Settings.DEFAULT, nanos::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.enter()).isTrue();
            breaker.failed();
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void five_failures_in_a_row_open_it_and_a_success_between_them_does_not() {
        fail(4);
        assertThat(breaker.call(() -> "fine")).isEqualTo("fine");
        fail(4);
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        fail(1);

        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        assertThatThrownBy(() -> breaker.call(() -> "never made")).isInstanceOf(Breaker.Open.class);
    }

    @Test
    void failures_that_began_longer_ago_than_the_window_count_no_more() {
        fail(4);
        pass(31);
        fail(1);

        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void after_the_reset_time_one_probe_goes_through_and_decides() {
        fail(5);
        pass(29);
        assertThat(breaker.enter()).isFalse();
        pass(1);
        assertThat(breaker.enter()).isTrue();
        assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);
        assertThat(breaker.enter()).as("a second probe").isFalse();
        breaker.failed();
        assertThat(breaker.enter()).isFalse();

        pass(30);
        assertThat(breaker.enter()).isTrue();
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        fail(4);
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void what_began_before_it_opened_does_not_close_it() {
        fail(5);
        breaker.succeeded();

        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        breaker.reset();
        assertThat(breaker.enter()).isTrue();
    }

    @Test
    void an_exception_is_a_failure_and_goes_on_to_the_caller() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> breaker.call(() -> {
                throw new IllegalStateException("away");
            })).hasMessage("away");
        }
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    }
}
