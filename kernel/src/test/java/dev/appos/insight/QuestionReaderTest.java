package dev.appos.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What plain words are understood as.
class QuestionReaderTest {

    private static final QuestionReader READER = new QuestionReader(new Graph(
            Map.of(
                    "crm.records.customer", "record", "crm.rules.customer_ltv", "rule",
                    "crm.processes.onboard_customer", "process", "billing.records.invoice", "record",
                    "crm.pages.customers", "page", "billing.records.media_type", "record"),
            List.of()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What would I touch by changing customer? | impact_analysis | crm.records.customer
            who uses crm.records.customer | impact_analysis | crm.records.customer
            What breaks if I delete the customer ltv rule? | impact_analysis | crm.rules.customer_ltv
            impact of crm.records.customer.name | impact_analysis | crm.records.customer.name
            What depends on media types? | impact_analysis | billing.records.media_type
            what happens if invoice changes | impact_analysis | billing.records.invoice
            What does onboard_customer depend on? | dependency_graph | crm.processes.onboard_customer
            Show me the dependency graph | dependency_graph |
            customer_ltv? | dependency_graph | crm.rules.customer_ltv
            What was refused today? | security_violations |
            Were there security violations on the invoice record? | security_violations | billing.records.invoice
            Why is onboard customer slow? | performance_analysis | crm.processes.onboard_customer
            where is the bottleneck | performance_analysis |
            What changed since yesterday? | change_report |
            Is everything healthy? | runtime_status |
            What is the status of the platform | runtime_status |
            the customers page, who uses it | impact_analysis | crm.pages.customers
            """)
    void plain_words_are_understood(String question, String kind, String ref) {
        Question read = READER.read(question);

        assertThat(read.kind().word()).isEqualTo(kind);
        assertThat(read.ref()).isEqualTo(Optional.ofNullable(ref));
    }

    @Test
    void a_misspelt_name_is_understood_and_said() {
        Question read = READER.read("who uses the custmer record?");

        assertThat(read.ref()).contains("crm.records.customer");
        assertThat(read.note().orElseThrow()).contains("custmer").contains("crm.records.customer");
        assertThat(READER.read("who uses the custmer ltv").ref()).contains("crm.rules.customer_ltv");
        assertThat(READER.read("who uses onbord_customer").ref()).contains("crm.processes.onboard_customer");
        assertThat(READER.read("impact of crm.records.custmer").note().orElseThrow()).contains("crm.records.customer");
    }

    @ParameterizedTest
    @CsvSource({"Tell me a joke", "Wie geht es dir", "'; drop table x", "impact", "🦊"})
    void what_means_nothing_is_unknown(String question) {
        assertThat(READER.read(question).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "what was refused in the last 3 hours, 3h", "what was refused today, 1d", "what changed in the past week, 7d",
        "what changed this month, 30d", "what was slow in the last hour, 1h", "what changed, 7d",
        "what was refused in the last 99999 weeks, 366d"
    })
    void the_window_is_read(String question, String window) {
        assertThat(READER.read(question).values()).containsEntry("window", window);
    }

    @Test
    void a_typed_question_says_what_is_wrong_with_it() {
        assertThat(Question.typed("change_report", Optional.empty(), Optional.of("36h")).window())
                .isEqualTo(Duration.ofHours(36));
        assertThatThrownBy(() -> Question.typed("impact", Optional.empty(), Optional.empty()))
                .isInstanceOf(Refusal.class).hasMessageContaining("cannot be asked");
        assertThatThrownBy(() -> Question.typed("impact_analysis", Optional.empty(), Optional.empty()))
                .isInstanceOf(Refusal.class).hasMessageContaining("/ref");
        for (String window : List.of("", "1", "h", "0h", "-1h", "1y", "999999w", "1h 2h", "９h")) {
            assertThatThrownBy(() -> Question.typed("runtime_status", Optional.empty(), Optional.of(window)))
                    .isInstanceOf(Refusal.class).hasMessageContaining("/window");
        }
    }

    @Test
    void a_question_of_a_thousand_letters_is_the_longest() {
        assertThat(READER.read("a ".repeat(500)).kind()).isEqualTo(Kind.UNKNOWN);
        assertThatThrownBy(() -> READER.read("a".repeat(1001))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> READER.read("  ")).isInstanceOf(Refusal.class);
    }
}
