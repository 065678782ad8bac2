package dev.appos.process;

import static dev.appos.api.Words.ctx;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Rule1;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a process keeps from everybody: variables and steps that are sealed.
final class HiddenTest {

    private static final Rule1<Long, String> CARD = TestApp.rule("card");

    private final DatabaseSettings settings = TestPostgres.settings();
    /// No other run has told it.
    private final String secret = "4711-" + UUID.randomUUID();
    private final AtomicInteger asked = new AtomicInteger();
    private TestNode node;

    @AfterEach
    void close() {
        node.close();
    }

    private TestApp app() {
        return new TestApp().rule("card", true, _ -> {
            asked.incrementAndGet();
            return secret;
        }).rule("shop", true, arguments -> {
            TestApp.effect("paid with " + ((String) ctx.var("card")).length());
            return arguments[0];
        });
    }

    private UUID park(TestApp.Body body) {
        node = new TestNode(settings, app().process("p", body)).run();
        UUID id = node.start("p");
        node.parks(id);
        return id;
    }

    private void wake() {
        node.database.write(sql -> sql.execute("update appos.process_step set wake_at = now() where path = 'sleep'"));
        node.database.write(sql -> sql.execute("update appos.process_ready set wake_at = now()"));
    }

    /// Every place where the secret stands: tables, lines of the log, answers to people.
    private List<String> leaks(UUID id) {
        List<String> leaks = new ArrayList<>();
        List<String> tables = node.database.read(sql -> sql.fetch("""
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname in ('appos', 'appos_archive', 'public')""").getValues(0, String.class));
        tables.forEach(table -> {
            boolean there = node.database.read(sql -> sql.fetchSingle(
                    "select exists (select from " + table + " t where position(? in t::text) > 0)", secret)
                    .into(boolean.class));
            if (there) {
                leaks.add(table);
            }
        });
        if (String.valueOf(node.get(id)).contains(secret) || String.valueOf(node.steps(id)).contains(secret)) {
            leaks.add("answers");
        }
        try (Stream<Path> files = Files.walk(Path.of("target/test-process-log"))) {
            files.filter(Files::isRegularFile).filter(this::tells).forEach(file -> leaks.add("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return leaks;
    }

    private boolean tells(Path file) {
        try {
            return Files.readString(file).contains(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object buy() {
        String card = step("ask for card").hidden().run(CARD, 1);
        ctx.sensitive("card", card);
        ctx.hidden("last", card.substring(card.length() - 4));
        ctx.var("shown", "yes");
        ctx.hidden("nothing", null);
        sleep("1 h");
        Rule1<Long, Long> shop = TestApp.rule("shop");
        step("pay", shop, 1);
        return ctx.var("card").equals(secret) && ctx.var("nothing") == null;
    }

    @Test
    void what_is_hidden_stands_nowhere_and_is_read_by_body_and_steps_after_a_wait() {
        UUID id = park(_ -> buy());

        assertThat(leaks(id)).isEmpty();
        assertThat(node.get(id))
                .containsEntry("variables", Map.of("shown", "yes"))
                .containsEntry("hidden_variables", List.of("card", "last", "nothing"));
        assertThat(node.step(id, "ask for card"))
                .containsEntry("inputs", null)
                .containsEntry("outputs", Map.of("hidden", true));
        wake();
        node.reaches(id, "completed");

        assertThat(node.get(id)).containsEntry("outputs", true);
        assertThat(node.effects()).containsExactly("paid with " + secret.length());
        assertThat(asked).hasValue(1);
        assertThat(leaks(id)).isEmpty();
    }

    @Test
    void what_is_sealed_is_dropped_at_the_end_and_a_digest_stays() {
        UUID id = park(_ -> buy());
        String before = kept(id);
        wake();
        node.reaches(id, "completed");

        assertThat(before).contains("\"sealed\"").contains("\"digest\"");
        assertThat(kept(id)).doesNotContain("\"sealed\"").contains("\"digest\"");
    }

    private String kept(UUID id) {
        return node.database.read(sql -> sql.fetchSingle(
                "select variables::text from appos.process_instance where id = ?", id).into(String.class));
    }

    @Test
    void without_its_being_hidden_the_search_finds_it_in_every_place() {
        UUID id = park(_ -> {
            String card = step("ask for card", CARD, 1);
            ctx.var("card", card);
            sleep("1 h");
            return 0;
        });

        assertThat(leaks(id)).contains("answers").anyMatch(place -> place.startsWith("appos.process_instance"))
                .anyMatch(place -> place.startsWith("appos.process_step")).contains("appos.answer");
    }

    @Test
    void why_a_hidden_step_failed_is_not_told_either() {
        node = new TestNode(settings, app().process("p", _ -> step("ask for card").hidden().run(() -> {
            throw reject("The card " + secret + " is not valid.");
        }))).run();
        UUID id = node.start("p");
        node.reaches(id, "failed");

        assertThat(leaks(id)).isEmpty();
        assertThat(node.error(id)).contains("it is hidden, so why is not told");
    }

    @Test
    void a_body_knows_whether_a_variable_changed_since_its_last_step_and_names_outputs() {
        node = new TestNode(settings, app().process("p", _ -> {
            List<Boolean> changes = new ArrayList<>();
            changes.add(ctx.changed());
            ctx.var("a", 1);
            changes.add(ctx.changed());
            sleep("1ms");
            changes.add(ctx.changed());
            ctx.var("a", 1);
            changes.add(ctx.changed());
            ctx.output("changes", changes);
            ctx.output("nothing", null);
            return null;
        })).run();
        UUID id = node.start("p");
        node.reaches(id, "completed");

        assertThat(node.get(id).get("outputs").toString())
                .isEqualTo("{changes=[false, true, false, false], nothing=null}");
    }
}
