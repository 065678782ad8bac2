package dev.appos.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a cron expression comes, and what its author hears when it is none.
final class CronTest {

    /// Times in the zone, as `2026-03-29T03:00+02:00`.
    private static List<String> times(String expression, String zone, String after, int count) throws Cron.Fault {
        Cron cron = Cron.of(expression, zone);
        List<String> times = new ArrayList<>();
        Instant at = ZonedDateTime.parse(after).toInstant();
        for (int i = 0; i < count; i++) {
            at = cron.next(at).orElseThrow();
            times.add(at.atZone(cron.zone()).toOffsetDateTime().toString());
        }
        return times;
    }

    @Test
    void a_time_that_the_clock_skips_comes_once_when_it_has_skipped() throws Cron.Fault {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00+01:00", 3)).containsExactly(
                "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(times("*/20 2 * * *", "Europe/Berlin", "2026-03-28T12:00+01:00", 2)).containsExactly(
                "2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
        assertThat(times("0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00+01:00", 2)).containsExactly(
                "2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    }

    @Test
    void a_time_that_comes_twice_comes_once_unless_every_hour_is_meant() throws Cron.Fault {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00+02:00", 2)).containsExactly(
                "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times("30 * * * *", "Europe/Berlin", "2026-10-25T01:00+02:00", 4)).containsExactly(
                "2026-10-25T01:30+02:00", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00",
                "2026-10-25T03:30+01:00");
        assertThat(times("0 * * * *", "Europe/Berlin", "2026-03-29T00:30+01:00", 3)).containsExactly(
                "2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
    }

    @Test
    void either_day_will_do_where_both_are_given() throws Cron.Fault {
        assertThat(times("0 0 13 * 5", "UTC", "2026-11-01T00:00Z", 3)).containsExactly(
                "2026-11-06T00:00Z", "2026-11-13T00:00Z", "2026-11-20T00:00Z");
        assertThat(times("0 0 29 2 *", "UTC", "2026-01-01T00:00Z", 2)).containsExactly(
                "2028-02-29T00:00Z", "2032-02-29T00:00Z");
        assertThat(times("0 9 * * 7", "UTC", "2026-11-20T00:00Z", 1)).containsExactly("2026-11-22T09:00Z");
    }

    @Test
    void the_last_time_before_a_moment_is_found_however_far_back_one_looks() throws Cron.Fault {
        Instant until = Instant.parse("2026-11-20T09:30:00Z");
        assertThat(Cron.of("*/5 * * * *", "UTC").last(Instant.parse("2020-01-01T00:00:00Z"), until))
                .contains(until);
        assertThat(Cron.of("0 2 1 1 *", "UTC").last(Instant.parse("2020-01-01T00:00:00Z"), until))
                .contains(Instant.parse("2026-01-01T02:00:00Z"));
        assertThat(Cron.of("0 2 * * *", "UTC").last(until, until)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 * * MOM  | "MOM" is no day of the week | MON
            0 24 * * *   | "24" is no hour             | Value 24 not in range
            0 0 * JANU * | "JANU" is no month          | JAN
            0 0 0 2 * *  | has 6 fields and not five   | no seconds
            @daily       | is not a cron expression    | Write 0 0 * * *
            0 0 31 2 *   | never comes                 | does not have that day
            whenever     | has 1 fields and not five   | 0 2 * * *
            """)
    void who_writes_none_hears_which_part_is_wrong(String written, String message, String remedy) {
        assertThatThrownBy(() -> Cron.of(written, "UTC"))
                .isInstanceOfSatisfying(Cron.Fault.class, fault -> {
                    assertThat(fault.getMessage()).contains(message);
                    assertThat(fault.remedy()).contains(remedy);
                });
    }

    @Test
    void who_misspells_a_zone_hears_the_nearest() {
        assertThatThrownBy(() -> Cron.of("0 2 * * *", "Europe/Madird"))
                .isInstanceOfSatisfying(Cron.Fault.class, fault ->
                        assertThat(fault.remedy()).contains("Europe/Madrid"));
    }
}
