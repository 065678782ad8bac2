package dev.appos.process;

import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.signal;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.NotBlank;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What processes are told from outside.
final class SignalTest {

    private static final Map<String, Class<?>> PAID = Map.of("paid", Payment.class, "no", Long.class);

    private final DatabaseSettings settings = TestPostgres.settings();
    private final TestApp app = new TestApp();
    private TestNode node;

    public enum Way { CARD, TRANSFER }

    public record Payment(@NotBlank String invoice, BigDecimal amount, Way way) {}

    @AfterEach
    void close() {
        node.close();
    }

    private void run() {
        node = new TestNode(settings, app).run();
    }

    private Object send(UUID id, String name, Map<String, ?> value) {
        return node.call("platform.rules.signal_process", new Input.Run(
                Map.of("id", id.toString(), "name", name, "value", value)));
    }

    private int untaken() {
        return node.database.read(sql -> sql.fetchCount(sql.selectFrom("appos.process_signal")));
    }

    @Test
    void a_waiting_process_goes_on_with_what_it_is_sent_as_the_type_it_asked_for() {
        app.process("pay", PAID, _ -> {
            Payment paid = signal("paid", Payment.class);
            return step("note", () -> {
                TestApp.effect(paid.invoice() + " " + paid.way());
                return paid.amount();
            });
        });
        run();
        UUID id = node.start("pay");
        node.parks(id);

        send(id, "paid", Map.of("invoice", "A1", "amount", "12.50", "way", "CARD"));
        node.reaches(id, "completed");

        assertThat(node.get(id).get("outputs").toString()).isEqualTo("12.50");
        assertThat(node.effects()).containsExactly("A1 CARD");
        assertThat(untaken()).isZero();
        assertThat(node.step(id, "paid").get("outputs").toString()).contains("A1");
    }

    @Test
    void what_does_not_fit_is_refused_when_it_is_sent_and_nothing_comes_of_it() {
        app.process("pay", PAID, _ -> signal("paid", Payment.class).invoice());
        run();
        UUID id = node.start("pay");
        node.parks(id);

        assertThatThrownBy(() -> send(id, "paid", Map.of("amount", "much", "way", "CASH", "more", 1)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.faults())
                        .extracting(fault -> fault.path())
                        .containsExactlyInAnyOrder("/more", "/invoice", "/amount", "/way"));
        assertThatThrownBy(() -> send(id, "paid", Map.of("invoice", " ")))
                .hasMessageContaining("/invoice must not be blank");
        assertThatThrownBy(() -> send(id, "payed", Map.of()))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.remedy()).contains("paid"));
        assertThatThrownBy(() -> send(UUID.randomUUID(), "paid", Map.of("invoice", "A1")))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.NOT_FOUND));
        assertThatThrownBy(() -> send(id, "paid", Map.of("invoice", "x".repeat(70_000))))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.TOO_LARGE));

        assertThat(untaken()).isZero();
        assertThat(node.status(id)).isEqualTo("waiting");
    }

    @Test
    void signals_are_taken_once_each_in_the_order_they_came_also_those_that_came_early() {
        app.process("count", PAID, _ -> {
            List<Long> seen = new ArrayList<>();
            signal("paid", Payment.class);
            for (int i = 0; i < 20; i++) {
                seen.add(signal("no", Long.class));
            }
            return seen;
        });
        run();
        UUID id = node.start("count");
        IntStream.range(0, 20).forEach(i -> send(id, "no", Map.of("value", i)));
        node.parks(id);
        assertThat(untaken()).isEqualTo(20);

        send(id, "paid", Map.of("invoice", "A1"));
        node.reaches(id, "completed");

        assertThat(node.get(id).get("outputs").toString())
                .isEqualTo(IntStream.range(0, 20).boxed().toList().toString());
        assertThat(untaken()).isZero();
    }

    @Test
    void two_branches_that_wait_for_one_name_take_one_each() {
        app.process("both", PAID, _ -> parallel(
                "wait",
                branch("a", () -> signal("no", Long.class)),
                branch("b", () -> signal("no", Long.class))));
        run();
        UUID id = node.start("both");
        node.parks(id);
        send(id, "no", Map.of("value", 1));
        send(id, "no", Map.of("value", 2));
        node.reaches(id, "completed");

        assertThat(((Map<?, ?>) node.get(id).get("outputs")).values()).extracting(String::valueOf)
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void a_wait_with_a_limit_ends_without_a_signal_and_stays_ended_after_a_crash() {
        app.process("pay", PAID, _ -> {
            Optional<Long> first = signal("no", Long.class, "300ms");
            long second = signal("no", Long.class);
            return first.isEmpty() + " " + second;
        });
        run();
        UUID id = node.start("pay");
        assertThat(TestNode.until(() -> "done".equals(node.step(id, "no").get("status")))).isTrue();
        node.parks(id);
        node.crash();
        TestNode second = new TestNode(settings, app).run();
        try {
            send(id, "no", Map.of("value", 7));
            second.reaches(id, "completed");
            assertThat(second.get(id)).containsEntry("outputs", "true 7");
        } finally {
            second.close();
        }
    }

    @Test
    void an_instance_that_is_over_takes_nothing_and_what_it_did_not_take_is_forgotten() {
        app.process("pay", PAID, _ -> signal("paid", Payment.class).invoice());
        run();
        UUID id = node.start("pay");
        send(id, "no", Map.of("value", 1));
        send(id, "paid", Map.of("invoice", "A1"));
        node.reaches(id, "completed");

        assertThatThrownBy(() -> send(id, "paid", Map.of("invoice", "A1")))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CONFLICT));
        assertThat(TestNode.until(() -> untaken() == 0)).isTrue();
    }

    @Test
    void nobody_fills_the_table_with_signals_that_are_not_taken() {
        app.process("pay", PAID, _ -> signal("paid", Payment.class).invoice());
        run();
        UUID id = node.start("pay");
        node.database.write(sql -> sql.execute("""
                insert into appos.process_signal (instance_id, name, value, sent_by)
                select ?, 'no', '{}', 'x' from generate_series(1, 1000)""", id));

        assertThatThrownBy(() -> send(id, "no", Map.of("value", 1))).hasMessageContaining("1000 signals");
    }

    /// Sends while the instance has looked and is about to be given up; answers it once it was.
    private UUID sendWhileGivenUp() {
        app.process("pay", PAID, _ -> signal("paid", Payment.class).invoice());
        run();
        node.database.write(sql -> {
            sql.execute("""
                    create function public.hold() returns trigger language plpgsql
                    as $$ begin perform pg_advisory_xact_lock(77); return new; end $$""");
            return sql.execute("""
                    create trigger hold before insert on appos.process_step for each row
                    when (new.path = 'paid' and new.status = 'waiting') execute function public.hold()""");
        });
        return node.database.write(sql -> {
            sql.execute("select pg_advisory_xact_lock(77)");
            UUID id = node.start("pay");
            assertThat(TestNode.until(() -> node.database.read(look -> look.fetchSingle("""
                    select exists (select from pg_locks where locktype = 'advisory' and not granted
                                   and database = (select oid from pg_database where datname = current_database()))""")
                    .into(boolean.class)))).isTrue();
            send(id, "paid", Map.of("invoice", "A1"));
            return id;
        });
    }

    @Test
    void a_signal_that_comes_between_the_look_and_the_giving_up_wakes_the_instance() {
        UUID id = sendWhileGivenUp();
        node.reaches(id, "completed");
    }

    @Test
    void without_the_mark_such_a_signal_would_lie_there() {
        node = new TestNode(settings, app);
        node.database.write(sql -> {
            sql.execute("""
                    create function public.unmark() returns trigger language plpgsql
                    as $$ begin new.news := false; return new; end $$""");
            return sql.execute("""
                    create trigger unmark before update on appos.process_ready for each row
                    execute function public.unmark()""");
        });
        node.close();
        UUID id = sendWhileGivenUp();
        node.parks(id);

        assertThat(untaken()).isEqualTo(1);
    }
}
