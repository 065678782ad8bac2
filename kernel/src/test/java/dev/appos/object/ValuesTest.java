package dev.appos.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What comes in as JSON or text, and what is refused rather than guessed.
class ValuesTest {

    @Test
    void numbers_keep_their_digits_and_their_kind() {
        assertThat(convert(ValueType.INTEGER, 5L)).isEqualTo(5);
        assertThat(convert(ValueType.LONG, 5)).isEqualTo(5L);
        assertThat(convert(ValueType.LONG, new BigDecimal("5.0"))).isEqualTo(5L);
        assertThat(convert(ValueType.DECIMAL, "1.10")).isEqualTo(new BigDecimal("1.10"));
        assertThat(convert(ValueType.DECIMAL, new BigDecimal("1.10"))).isEqualTo(new BigDecimal("1.10"));
    }

    @Test
    void a_number_that_does_not_fit_is_refused() {
        refused(ValueType.INTEGER, 3_000_000_000L, "must be between -2147483648 and 2147483647");
        refused(ValueType.LONG, new BigInteger("9223372036854775808"), "must be between");
        refused(ValueType.LONG, new BigDecimal("5.5"), "must be a whole number");
        refused(ValueType.LONG, new BigDecimal("1e999999999"), "must be a whole number");
        refused(ValueType.DECIMAL, "1e999999999", "at most 1000 digits");
        refused(ValueType.LONG, "5", "must be a whole number");
        refused(ValueType.BOOLEAN, "true", "must be true or false");
    }

    @Test
    void texts_that_no_database_can_hold_are_refused() {
        refused(ValueType.TEXT, "a\0b", "NUL");
        refused(ValueType.TEXT, "\ud800", "well-formed Unicode");
        refused(ValueType.TEXT, 5, "must be a text");
        assertThat(convert(ValueType.TEXT, "😀 ñ 名")).isEqualTo("😀 ñ 名");
    }

    @Test
    void days_and_times_are_read_in_the_forms_people_and_exports_use() {
        LocalDate day = LocalDate.parse("1962-02-18");
        assertThat(parse(ValueType.DATE, "1962-02-18")).isEqualTo(day);
        assertThat(parse(ValueType.DATE, "1962-02-18 00:00:00")).isEqualTo(day);
        Instant midnight = Instant.parse("2021-01-01T00:00:00Z");
        assertThat(parse(ValueType.INSTANT, "2021-01-01 00:00:00")).isEqualTo(midnight);
        assertThat(parse(ValueType.INSTANT, "2021-01-01")).isEqualTo(midnight);
        assertThat(parse(ValueType.INSTANT, "2021-01-01T02:00:00+02:00")).isEqualTo(midnight);
        assertThat(parse(ValueType.INSTANT, "2021-01-01T00:00:00Z")).isEqualTo(midnight);
    }

    @Test
    void a_day_with_an_hour_and_a_day_that_never_was_are_refused() {
        refused(ValueType.DATE, "1962-02-18 10:00:00", "must be a day");
        refused(ValueType.DATE, "2026-02-30", "must be a day");
        refused(ValueType.INSTANT, "yesterday", "must be a time");
        refused(ValueType.INSTANT, "+999999999-12-31T00:00:00Z", "must lie between the years");
    }

    @Test
    void a_choice_must_be_one_of_them_and_the_nearest_is_named() {
        List<String> choices = List.of("ACTIVE", "INACTIVE");
        assertThat(Values.convert(ValueType.CHOICE, choices, "ACTIVE")).isEqualTo("ACTIVE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.convert(ValueType.CHOICE, choices, "ACTVE"))
                .withMessageContaining("Did you mean ACTIVE?");
    }

    private static Object convert(ValueType type, Object value) {
        return Values.convert(type, List.of(), value);
    }

    private static Object parse(ValueType type, String written) {
        return Values.parse(type, List.of(), written);
    }

    private static void refused(ValueType type, Object value, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> convert(type, value))
                .withMessageContaining(why);
    }
}
