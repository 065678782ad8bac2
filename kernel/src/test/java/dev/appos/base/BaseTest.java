package dev.appos.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The ground: names, ids, JSON.
class BaseTest {

    @Test
    void one_name_reads_right_on_every_shelf() {
        assertThat(Names.snake("customerLtv")).isEqualTo("customer_ltv");
        assertThat(Names.snake("InvoiceLine")).isEqualTo("invoice_line");
        assertThat(Names.snake("toURL")).isEqualTo("to_url");
        assertThat(Names.camel("customer_ltv")).isEqualTo("customerLtv");
        assertThat(Names.plural("media_type")).isEqualTo("media_types");
        assertThat(Names.plural("company")).isEqualTo("companies");
        assertThat(Names.plural("day")).isEqualTo("days");
        assertThat(Names.plural("box")).isEqualTo("boxes");
        assertThat(Names.label("support_rep")).isEqualTo("Support rep");
    }

    @Test
    void a_reference_has_three_plain_parts() {
        assertThat(Ref.parse("crm.records.customer")).contains(new Ref("crm", "records", "customer"));
        for (String wrong : List.of("crm.records", "crm.records.Customer", "crm..x", "a.b.c.d", "crm.records.", "")) {
            assertThat(Ref.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void the_nearest_word_is_named_only_when_it_is_near() {
        assertThat(Nearest.of("custmer", List.of("customer", "invoice"))).contains("customer");
        assertThat(Nearest.of("zebra", List.of("customer", "invoice"))).isEmpty();
        assertThat(Nearest.remedy("zebra", List.of("b", "a"))).isEqualTo("Known: a, b.");
    }

    @Test
    void ids_sort_by_time_and_are_of_version_seven() {
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids(clock, new SecureRandom());
        UUID id = ids.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(clock.millis() - 1000, clock.millis());
    }

    @Test
    void json_is_exact_and_strict() {
        assertThat(Json.write(Json.read("{\"a\":1.10}"))).isEqualTo("{\"a\":1.10}");
        for (String wrong : List.of("{", "{\"a\":1,\"a\":2}", "[1] x", "{'a':1}", "[".repeat(101) + "]".repeat(101))) {
            assertThatThrownBy(() -> Json.read(wrong)).as(wrong).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void equal_values_have_equal_canonical_text() {
        assertThat(Json.canonical(Map.of("b", 1, "a", Map.of("d", 2, "c", 3))))
                .isEqualTo("{\"a\":{\"c\":3,\"d\":2},\"b\":1}");
    }
}
