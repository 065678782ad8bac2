package dev.appos.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is touched when an object changes.
class ImpactTest {

    private static final List<Reference> REFERENCES = List.of(
            reference("crm.rules.ltv", "billing.records.invoice"),
            reference("crm.rules.total", "crm.rules.ltv"),
            reference("crm.pages.customers", "crm.rules.total"),
            reference("crm.rules.total", "crm.rules.total"),
            reference("crm.rules.ltv", "crm.rules.total"));

    @Test
    void direct_and_transitive_users_are_told_apart_and_cycles_end() {
        Impact impact = Impact.of(Ref.of("billing.records.invoice"), REFERENCES);
        assertThat(impact.direct()).containsExactly(Ref.of("crm.rules.ltv"));
        assertThat(impact.transitive()).containsExactly(Ref.of("crm.pages.customers"), Ref.of("crm.rules.total"));
        assertThat(impact.byType()).containsEntry("rules", 2L).containsEntry("pages", 1L);
        assertThat(impact.recommendation()).contains("reaches 1 pages, 2 rules; check crm.rules.ltv first");
    }

    @Test
    void what_nobody_uses_can_change_freely() {
        Impact impact = Impact.of(Ref.of("crm.pages.customers"), REFERENCES);
        assertThat(impact.total()).isZero();
        assertThat(impact.recommendation()).contains("can change freely");
    }

    private static Reference reference(String from, String to) {
        return new Reference(Ref.of(from), Ref.of(to), "read", from + ".java", 1);
    }
}
