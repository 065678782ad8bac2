package dev.appos.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.registry.Snapshot;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Code that changes while instances of its processes live.
class VersionsTest {

    private static final String GRADED = """
            step("first", () -> records.effect.create(e -> e.name("%1$s first")));
            approval("ask", "crm", "May I?");
            Effect.Grade grade = step("grade", () -> rules.better(Effect.Grade.GOOD));
            step("second", () -> records.effect.create(e -> e.name("%1$s second " + grade.name())));
            """;

    @TempDir
    private Path folder;

    private final DatabaseSettings settings = TestPostgres.settings();
    private WrittenApp app;
    private TestNode node;

    @BeforeEach
    void write() {
        app = new WrittenApp(folder)
                .write("crm/rules/Better.java",
                        "@ExpressionRule Effect.Grade better(Effect.Grade grade) { return Effect.Grade.BEST; }")
                .onboard(GRADED.formatted("old"));
        node = new TestNode(settings, app);
        node.runner.keep(node.registry.current());
        node.run();
    }

    @AfterEach
    void close() {
        node.close();
    }

    /// Makes what is written live, as a deployment does.
    private void deploy() {
        Snapshot next = app.snapshot();
        node.runner.keep(next);
        node.registry.swap(next);
    }

    private void answer(UUID id) {
        UUID question = node.database.read(sql -> sql.fetchSingle("""
                select approval_id from appos.process_step where instance_id = ? and status = 'waiting'""", id)
                .into(UUID.class));
        TestApprovals.decide(node.database, question, true, false);
    }

    @Test
    void an_instance_ends_on_the_code_it_began_with_and_a_new_one_begins_with_the_new() {
        UUID old = node.start("onboard");
        node.parks(old);
        app.onboard("step(\"other\", () -> records.effect.create(e -> e.name(\"new\")));");
        deploy();

        UUID young = node.start("onboard");
        node.reaches(young, "completed");
        answer(old);
        node.reaches(old, "completed");

        assertThat(node.effects()).containsExactly("old first", "new", "old second BEST");
    }

    @Test
    void a_closure_of_old_code_understands_what_rules_of_today_answer() {
        app.onboard("""
                approval("ask", "crm", "May I?");
                step("grade", () -> {
                    Effect.Grade grade = rules.better.call(Effect.Grade.GOOD);
                    return records.effect.create(e -> e.name(grade.name()));
                });
                """);
        deploy();
        UUID id = node.start("onboard");
        node.parks(id);
        app.onboard("ctx.var(\"nothing\", 1);")
                .write("crm/rules/Better.java",
                        "@ExpressionRule Effect.Grade better(Effect.Grade grade) { return grade; }");
        deploy();

        answer(id);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("GOOD");
    }

    @Test
    void a_rule_that_is_gone_is_named_with_the_step_that_wants_it() {
        UUID id = node.start("onboard");
        node.parks(id);
        app.onboard("ctx.var(\"nothing\", 1);").remove("crm/rules/Better.java");
        deploy();

        answer(id);
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("grade: ").contains("crm.rules.better");
    }

    @Test
    void another_node_goes_on_with_the_old_code_though_it_never_had_it_live() {
        UUID id = node.start("onboard");
        node.parks(id);
        node.crash();
        app.onboard("ctx.var(\"nothing\", 1);");
        node = new TestNode(settings, app).run();

        answer(id);
        node.reaches(id, "completed");

        assertThat(node.effects()).containsExactly("old first", "old second BEST");
    }

    @Test
    void code_that_is_not_kept_leaves_the_instance_to_what_is_live() {
        UUID id = node.start("onboard");
        node.parks(id);
        node.database.write(sql -> sql.execute("delete from appos.process_bundle"));
        app.onboard("ctx.var(\"nothing\", 1);");
        node.registry.swap(app.snapshot());

        answer(id);
        node.reaches(id, "failed");

        assertThat(node.error(id)).contains("The journal has step \"first\", and the process now ends without it.")
                .contains("The code of the process has changed since");
    }

    @Test
    void an_edit_elsewhere_in_the_app_pins_nothing() {
        app.write("crm/rules/Other.java", "@ExpressionRule long other() { return 1; }");
        deploy();
        app.write("crm/rules/Better.java", "@ExpressionRule Effect.Grade better(Effect.Grade grade) { return grade; }");
        deploy();

        assertThat(bundles()).isEqualTo(1);
    }

    @Test
    void kept_code_goes_when_it_is_live_nowhere_and_its_last_instance_is_over() {
        UUID id = node.start("onboard");
        node.parks(id);
        app.onboard("ctx.var(\"nothing\", 1);");
        deploy();
        Snapshot live = node.registry.current();

        node.runner.versions().tend(live, Duration.ofSeconds(-1));
        assertThat(bundles()).as("one instance lives").isEqualTo(1);
        answer(id);
        node.reaches(id, "completed");
        node.runner.versions().tend(live, Duration.ofSeconds(-1));

        assertThat(bundles()).isZero();
    }

    private int bundles() {
        return node.database.read(
                sql -> sql.fetchSingle("select count(*) from appos.process_bundle").into(int.class));
    }

    @Test
    void classes_of_old_code_go_when_nothing_runs_on_them() {
        WeakReference<Object> loader = ranOnOldCode();

        node.runner.versions().forget();
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
    }

    /// Ends an instance on old code; answers what holds its classes.
    private WeakReference<Object> ranOnOldCode() {
        UUID id = node.start("onboard");
        node.parks(id);
        app.onboard("ctx.var(\"nothing\", 1);");
        deploy();
        answer(id);
        node.reaches(id, "completed");
        WeakReference<Object> loader = node.runner.versions().loaders().findFirst().map(WeakReference<Object>::new)
                .orElseThrow();
        assertThat(TestNode.until(node.runner::idle)).isTrue();
        System.gc();
        assertThat(loader.get()).as("held while it may be used again soon").isNotNull();
        return loader;
    }
}
