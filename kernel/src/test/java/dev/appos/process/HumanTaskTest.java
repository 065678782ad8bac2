package dev.appos.process;

import static dev.appos.api.Words.step;
import static dev.appos.api.Words.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Completed;
import dev.appos.api.NotBlank;
import dev.appos.base.Ids;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredApprovals.Asked;
import dev.appos.govern.StoredApprovals.Decided;
import dev.appos.secure.Principal;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pieces of work that processes wait for.
final class HumanTaskTest {

    private static final Principal MIA = new Principal.User("mia", Principal.Type.BASIC, Set.of("managers"));

    private final DatabaseSettings settings = TestPostgres.settings();
    private final TestApp app = new TestApp();
    private final StoredApprovals approvals =
            new StoredApprovals(new Ids(Clock.systemUTC(), new SecureRandom()), Clock.systemUTC());
    private TestNode node;

    public record Credit(@NotBlank String reason, BigDecimal amount) {}

    @AfterEach
    void close() {
        node.close();
    }

    private TestNode node() {
        return new TestNode(settings, app, ProcessSettings.DEFAULT, approvals).run();
    }

    private Asked only() {
        return node.database.read(sql -> approvals.list(sql, Optional.empty(), Optional.empty(), 10)).getFirst();
    }

    private void answer(String value) {
        UUID id = only().id();
        node.database.write(sql -> approvals.decide(
                sql, MIA, id, new Decided(true, "fine", Optional.of(value)), false));
    }

    @Test
    void a_process_gets_what_was_chosen_and_what_was_filled_in_with_its_type() {
        app.process("credit", _ -> {
            Completed<String> yes = task("check", "Check it").group("managers").due("3 days").choices("yes", "no");
            Completed<Credit> form = task("say how much", "How much?").group("managers").form(Credit.class);
            return step("note", () -> yes.value() + " " + form.value().amount() + " " + form.by() + " " + form.note());
        });
        node = node();
        UUID id = node.start("credit");
        node.parks(id);
        assertThat(only().task().orElseThrow().asked().choices()).containsExactly("yes", "no");
        assertThat(only().dueAt()).isPresent();
        answer("{\"value\": \"no\"}");
        assertThat(TestNode.until(() -> "waiting".equals(node.step(id, "say how much").get("status")))).isTrue();
        node.parks(id);
        assertThat(only().task().orElseThrow().asked().form().orElseThrow()).contains("reason", "amount");
        answer("{\"reason\": \"rich\", \"amount\": \"10.50\"}");
        node.reaches(id, "completed");

        assertThat(node.get(id)).containsEntry("outputs", "no 10.50 mia fine");
    }

    @Test
    void it_reminds_and_escalates_once_each_also_over_a_crash() {
        app.process("credit", _ -> task("check", "Check it").group("managers")
                .remind("1 second").escalate("1500ms", "directors").choices("yes", "no").value());
        node = node();
        UUID id = node.start("credit");
        node.parks(id);
        assertThat(only().task().orElseThrow().escalatedTo()).isEmpty();
        node.database.write(sql -> sql.execute("""
                create table public.told as select reminders, escalated_to from appos.approvals limit 0"""));
        node.database.write(sql -> {
            sql.execute("""
                    create function public.tell() returns trigger language plpgsql as $$ begin
                    insert into public.told values (new.reminders, new.escalated_to); return new; end $$""");
            return sql.execute("""
                    create trigger tell after update on appos.approvals for each row
                    execute function public.tell()""");
        });
        node.crash();
        TestNode first = node;
        node = node();
        try {
            assertThat(TestNode.until(() -> only().task().orElseThrow().reminders() == 2)).isTrue();
            answer("{\"value\": \"yes\"}");
            node.reaches(id, "completed");
            int escalations = node.database.read(sql -> sql.fetchSingle("""
                    select count(*) from (select escalated_to, lag(escalated_to) over () as before from public.told) t
                    where escalated_to is not null and before is null""").into(int.class));
            assertThat(escalations).isEqualTo(1);
            assertThat(only().task().orElseThrow().escalatedTo()).contains("directors");
        } finally {
            first.close();
        }
    }

    @Test
    void a_task_that_nobody_may_do_fails_the_process_and_says_so() {
        app.process("credit", _ -> task("check", "Check it").choices("yes", "no").value());
        node = node();
        UUID id = node.start("credit");
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("Nobody may do the task \"check\"");
    }
}
