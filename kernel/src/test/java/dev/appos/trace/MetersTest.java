package dev.appos.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import dev.appos.object.Action;
import dev.appos.secure.SettableClock;
import dev.appos.trace.Meters.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The numbers are those of what happened, over the time asked for, and their count has an end.
class MetersTest {

    private static final Ref TOTAL = new Ref("crm", "rules", "total");
    private static final long MILLI = 1_000_000;

    private final SettableClock clock = new SettableClock();
    private final Meters meters = new Meters(clock);

    @Test
    void count_average_percentiles_and_errors_are_those_of_the_calls() {
        for (int i = 1; i <= 100; i++) {
            meters.called(TOTAL, Action.RUN, i * MILLI, i % 10 != 0);
        }
        Figures figures = one(Duration.ofMinutes(5));
        assertThat(figures.count()).isEqualTo(100);
        assertThat(figures.errors()).isEqualTo(10);
        assertThat(figures.errorRate()).isEqualTo(0.1);
        assertThat(figures.averageMs()).isEqualTo(50.5);
        assertThat(figures.p50Ms()).isBetween(47.0, 53.0);
        assertThat(figures.p95Ms()).isBetween(89.0, 101.0);
        assertThat(figures.p99Ms()).isBetween(93.0, 105.0);
        assertThat(figures.lastRun()).isEqualTo(clock.instant());
    }

    @Test
    void a_window_forgets_what_was_before_it() {
        meters.called(TOTAL, Action.RUN, MILLI, true);
        clock.forward(Duration.ofMinutes(90));
        meters.called(TOTAL, Action.RUN, MILLI, true);
        assertThat(one(Duration.ofMinutes(5)).count()).isEqualTo(1);
        assertThat(one(Duration.ofHours(24)).count()).isEqualTo(2);
        clock.forward(Duration.ofHours(23));
        assertThat(one(Duration.ofHours(24)).count()).isEqualTo(1);
        clock.forward(Duration.ofHours(25));
        assertThat(one(Duration.ofHours(24)).count()).isZero();
        assertThat(meters.text(true)).contains("appos_calls_seconds_count").contains("} 2");
    }

    @Test
    void all_that_was_done_with_an_object_is_one_distribution() {
        for (int i = 0; i < 96; i++) {
            meters.called(TOTAL, Action.GET, MILLI, true);
        }
        for (int i = 0; i < 4; i++) {
            meters.called(TOTAL, Action.CREATE, 1_000 * MILLI, false);
        }
        Figures figures = meters.together(TOTAL, Duration.ofDays(7)).orElseThrow();
        assertThat(figures.count()).isEqualTo(100);
        assertThat(figures.errorRate()).isEqualTo(0.04);
        assertThat(figures.averageMs()).isEqualTo(40.96);
        assertThat(figures.p95Ms()).isBetween(0.9, 1.1);
        assertThat(figures.p99Ms()).isBetween(930.0, 1_070.0);
        clock.forward(Duration.ofDays(3));
        assertThat(meters.together(TOTAL, Duration.ofDays(7))).isEmpty();
        assertThat(meters.together(new Ref("crm", "rules", "never"), Duration.ofDays(1))).isEmpty();
    }

    @Test
    void buckets_tell_times_apart_within_six_percent() {
        for (long nanos = 8_000; nanos < Duration.ofHours(20).toNanos(); nanos = nanos * 17 / 16 + 1) {
            Ref ref = new Ref("a", "b", "c" + nanos);
            CallSeries series = new CallSeries();
            series.add(nanos, true, 0);
            double ratio = (double) series.sum(Duration.ofMinutes(5), 0).p50() / nanos;
            assertThat(ratio).as(ref.name()).isBetween(0.92, 1.08);
        }
    }

    @Test
    void names_without_end_are_counted_together() {
        for (int i = 0; i < Meters.SERIES_MAX + 500; i++) {
            meters.called(new Ref("crm", "rules", "r" + i), Action.RUN, MILLI, true);
        }
        List<Figures> all = meters.figures(Optional.empty(), Duration.ofMinutes(5));
        assertThat(all).hasSize(Meters.SERIES_MAX + 1);
        assertThat(all.getFirst().ref()).isEqualTo(Meters.OTHERS.toString());
        assertThat(all.getFirst().count()).isEqualTo(500);
    }

    @Test
    void strangers_get_the_numbers_of_the_platform_and_none_of_objects() {
        meters.called(TOTAL, Action.RUN, MILLI, true);
        meters.gauge("appos.log.waiting", "Log entries on their way", () -> 7);
        assertThat(meters.text(false)).contains("appos_log_waiting 7.0").contains("jvm_memory").doesNotContain("crm");
        assertThat(meters.text(true)).contains("appos_calls_seconds_count{action=\"run\",app=\"crm\","
                + "ref=\"crm.rules.total\",type=\"rules\"} 1");
    }

    private Figures one(Duration window) {
        List<Figures> figures = meters.figures(Optional.of(TOTAL), window);
        assertThat(figures).hasSize(1);
        return figures.getFirst();
    }
}
