package dev.appos.process;

import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Answers that are too large for the journal.
final class PayloadsTest {

    private static final int LARGE = 300 * 1024;

    private final DatabaseSettings settings = TestPostgres.settings();

    private static TestApp app() {
        return new TestApp()
                .rule("text", false, arguments -> "x".repeat((int) (long) arguments[0]))
                .process("large", _ -> {
                    String first = step("first", TestApp.<String>rule("text"), LARGE);
                    String same = step("same", TestApp.<String>rule("text"), LARGE);
                    String small = step("small", TestApp.<String>rule("text"), 10);
                    sleep("3s");
                    return first.length() + same.length() + small.length();
                })
                .process("huge", _ -> step("much", TestApp.<String>rule("text"), Payloads.MOST + 1));
    }

    @Test
    void a_large_answer_is_kept_beside_once_and_is_there_when_the_body_runs_again() {
        try (TestNode node = new TestNode(settings, app()).run()) {
            UUID id = node.start("large");
            node.parks(id);
            int longest = node.database.read(sql -> sql.fetchSingle(
                    "select max(length(answer::text)) from appos.process_step").into(int.class));
            int kept = node.database.read(sql -> sql.fetchSingle(
                    "select count(*) from appos.process_payload").into(int.class));
            assertThat(longest).isLessThan(200);
            assertThat(kept).as("the answer and its plain form are one text, and so are both steps'").isEqualTo(1);
            node.reaches(id, "completed");

            assertThat(node.get(id).get("outputs")).isEqualTo(2 * LARGE + 10);
            assertThat(node.step(id, "first").get("outputs")).isInstanceOfSatisfying(
                    Map.class, beside -> assertThat(beside).containsEntry("size", LARGE + 2).containsKey("beside"));
            assertThat(node.step(id, "small").get("outputs")).isEqualTo("x".repeat(10));
        }
    }

    @Test
    void what_is_too_large_to_be_kept_fails_the_step_with_its_name_and_size() {
        try (TestNode node = new TestNode(settings, app()).run()) {
            UUID id = node.start("huge");
            node.reaches(id, "failed");

            assertThat(node.error(id)).startsWith("much: ").contains("\"much\" answers 64.0 MB of JSON")
                    .contains("64 MB that are kept");
        }
    }
}
