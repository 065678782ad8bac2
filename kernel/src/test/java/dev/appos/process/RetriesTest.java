package dev.appos.process;

import static dev.appos.api.Words.exponential;
import static dev.appos.api.Words.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetriesTest {

    @Test
    void jitter_shortens_a_wait_by_chance_and_no_further_than_it_says() {
        Backoff backoff = exponential("10s").jitter(0.5);

        assertThat(backoff.before(3, 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backoff.before(3, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(fixed("4s").before(2, 1)).isEqualTo(Duration.ofSeconds(4));
    }
}
