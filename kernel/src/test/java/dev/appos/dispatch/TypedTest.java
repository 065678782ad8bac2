package dev.appos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A kept answer comes back as exactly what was given.
class TypedTest {

    /// As an app would declare it.
    public enum Mood {
        GOOD
    }

    /// As an app would declare it.
    public record Account(long id, String name, BigDecimal credit, Mood mood, List<Line> lines) {}

    /// As an app would declare it.
    public record Line(int quantity, LocalDate on) {}

    @Test
    void every_kind_of_value_survives() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("long", 5L);
        map.put("null", null);
        List<Object> values = Arrays.asList(
                null, "text", true, 5, 5L, new BigDecimal("1.20"), 0.1, LocalDate.parse("2026-11-20"),
                Instant.parse("2026-11-20T09:30:00.123456Z"), UUID.fromString("0190a0b0-0000-7000-8000-000000000000"),
                Mood.GOOD, List.of(1, "two"), map);
        assertThat(back(values)).isEqualTo(values);
    }

    @Test
    void records_of_apps_survive_with_everything_in_them() {
        Account account = new Account(
                7, "Ana", new BigDecimal("10.00"), Mood.GOOD, List.of(new Line(2, LocalDate.parse("2026-01-02"))));
        assertThat(back(account)).isEqualTo(account);
    }

    @Test
    void a_decimal_keeps_its_digits() {
        BigDecimal digits = new BigDecimal("12345678901234567890.12345678901234567890");
        assertThat(back(digits)).isEqualTo(digits);
        BigDecimal huge = new BigDecimal("1e99999999");
        assertThat(Typed.write(huge)).hasSizeLessThan(100);
        assertThat(back(huge)).isEqualTo(huge);
    }

    @Test
    void what_cannot_be_kept_says_so() {
        assertThatThrownBy(() -> Typed.write(new StringBuilder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.StringBuilder cannot be kept as an answer");
    }

    private static Object back(Object value) {
        return Typed.read(Typed.write(value), TypedTest.class.getClassLoader());
    }
}
