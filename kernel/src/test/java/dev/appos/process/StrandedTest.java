package dev.appos.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.store.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Living instances and code they did not begin with: who can go on with it, who not, and what happens to either.
class StrandedTest {

    private static final Set<Ref> ONBOARD = Set.of(Ref.of("crm.processes.onboard"));

    private static final String BODY = """
            step("first", () -> records.effect.create(e -> e.name("first")));
            approval("ask", "crm", "May I?");
            step("last", () -> records.effect.create(e -> e.name("last")));
            """;

    @TempDir
    private Path folder;

    private WrittenApp app;
    private TestNode node;

    @BeforeEach
    void write() {
        app = new WrittenApp(folder).onboard(BODY);
        node = new TestNode(TestPostgres.settings(), app);
        node.runner.keep(node.registry.current());
        node.run();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void deploy(String body) {
        app.onboard(body);
        Snapshot next = app.snapshot();
        node.runner.keep(next);
        node.registry.swap(next);
    }

    private UUID parked() {
        UUID id = node.start("onboard");
        node.parks(id);
        return id;
    }

    private void answer(UUID id) {
        UUID question = node.database.read(sql -> sql.fetchSingle("""
                select approval_id from appos.process_step where instance_id = ? and status = 'waiting'""", id)
                .into(UUID.class));
        TestApprovals.decide(node.database, question, true, false);
    }

    private List<Stranded.Found> found() {
        return node.database.read(sql -> node.runner.stranded().of(sql, node.registry.current(), ONBOARD));
    }

    /// Moves everything that can go on with the live code; answers how many there were.
    private long move() {
        Stranded stranded = node.runner.stranded();
        return node.database.write(sql -> found().stream()
                .filter(each -> each.difference().isEmpty())
                .filter(each -> stranded.move(sql, node.registry.current(), each.instance()))
                .count());
    }

    @Test
    void who_cannot_go_on_is_told_with_the_first_step_that_differs_and_ends_on_old_code() {
        UUID id = parked();
        deploy(BODY.replace("\"first\", ()", "\"begin\", ()"));

        assertThat(found()).singleElement().satisfies(each -> assertThat(each.difference().orElseThrow())
                .contains("The journal has step \"first\", and the process now asks for step \"begin\" instead."));
        assertThat(move()).isZero();
        answer(id);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("first", "last");
    }

    @Test
    void who_can_go_on_is_moved_and_does_what_the_new_code_says() {
        UUID id = parked();
        deploy(BODY.replace("name(\"last\")", "name(\"new last\")"));

        assertThat(found()).singleElement().satisfies(each -> assertThat(each.difference()).isEmpty());
        assertThat(move()).isEqualTo(1);
        assertThat(found()).isEmpty();
        answer(id);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("first", "new last");
    }

    @Test
    void to_look_does_nothing() {
        UUID id = parked();
        answerQuietly(id);
        deploy(BODY.replace("step(\"first\"", "step(\"zero\", () -> records.effect.create(e -> e.name(\"zero\")));"
                + " step(\"first\""));
        List<String> before = node.effects();
        int steps = node.steps(id).size();

        found();

        assertThat(node.effects()).isEqualTo(before);
        assertThat(node.steps(id)).hasSize(steps);
    }

    /// Pauses are not awaited: the answer is there while the body is run dry.
    private void answerQuietly(UUID id) {
        node.database.write(sql -> sql.execute(
                "update appos.process_ready set wake_at = 'infinity' where id = ?", id));
    }

    @Test
    void no_catch_of_the_author_goes_on_where_the_code_takes_another_way() {
        UUID id = parked();
        node.database.write(sql -> sql.execute("delete from appos.process_bundle"));
        app.onboard("""
                try {
                    step("other", () -> records.effect.create(e -> e.name("other")));
                } catch (RuntimeException failed) {
                    step("instead", () -> records.effect.create(e -> e.name("instead")));
                }
                """);
        node.registry.swap(app.snapshot());

        answer(id);
        node.reaches(id, "failed");

        assertThat(node.effects()).containsExactly("first");
        assertThat(node.error(id)).contains("\"first\"").contains("\"other\"");
    }

    @Test
    void a_patch_is_taken_by_who_had_not_passed_it_and_each_remembers() {
        String patched = """
                step("first", () -> records.effect.create(e -> e.name("first")));
                if (patched("twice")) {
                    step("second", () -> records.effect.create(e -> e.name("second")));
                }
                approval("ask", "crm", "May I?");
                if (patched("thanks")) {
                    step("thank", () -> records.effect.create(e -> e.name("thanks")));
                }
                step("last", () -> records.effect.create(e -> e.name("last")));
                """;
        UUID old = parked();
        deploy(patched);
        assertThat(move()).isEqualTo(1);
        node.database.write(sql -> sql.execute("update appos.process_ready set wake_at = now()"));
        assertThat(TestNode.until(() -> node.steps(old).size() == 3)).as("it has noted its side").isTrue();
        assertThat(patches()).containsExactlyInAnyOrder("twice 3: 1", "thanks 7: 0");
        answer(old);
        node.reaches(old, "completed");
        assertThat(node.effects()).containsExactly("first", "thanks", "last");
        assertThat(patches()).containsExactlyInAnyOrder("twice 3: 0", "thanks 7: 0");

        UUID young = node.start("onboard");
        TestNode.until(() -> node.steps(young).stream().anyMatch(step -> "waiting".equals(step.get("status"))));
        node.parks(young);
        deploy(patched.replace("if (patched(\"twice\")) {", "{"));
        assertThat(found()).singleElement().satisfies(each -> assertThat(each.difference()).isEmpty());
        move();
        answer(young);
        node.reaches(young, "completed");

        assertThat(node.effects()).containsExactly("first", "thanks", "last", "first", "second", "thanks", "last");
    }

    @Test
    void who_failed_of_a_mistake_tries_again_with_the_code_that_is_live() {
        deploy("""
                step("first", () -> records.effect.create(e -> e.name("first")));
                throw new IllegalStateException("a mistake");
                """);
        UUID id = node.start("onboard");
        node.reaches(id, "failed");
        deploy("""
                step("first", () -> records.effect.create(e -> e.name("first")));
                step("second", () -> records.effect.create(e -> e.name("second")));
                """);

        node.database.write(sql -> {
            ProcessControl control = new ProcessControl();
            ProcessDefinition live =
                    (ProcessDefinition) node.registry.current().find("crm.processes.onboard").orElseThrow();
            control.retry(sql, id, live, getClass().getClassLoader());
            control.adopt(sql, id, live.codeHash());
            return id;
        });
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("first", "second");
    }

    private List<String> patches() {
        return node.database.read(sql -> Patches.of(sql, node.registry.current(), ONBOARD)).stream()
                .map(each -> each.get("patch") + " " + each.get("line") + ": " + each.get("old_side"))
                .toList();
    }
}
