package dev.appos.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Kills nodes with `kill -9` at chosen points, and counts in the database what was done.
///
/// A trigger on the journal keeps a row from being written, which is the moment between a step's work and its entry.
final class KillTest {

    private static final List<String> ONCE_EACH =
            List.of("note 1", "note 2", "code", "note 3", "note 4", "note 5", "note 9");

    private final DatabaseSettings settings = TestPostgres.settings();
    /// Starts and looks; it runs nothing.
    private TestNode desk;

    @BeforeEach
    void open() {
        desk = new TestNode(settings, KilledNode.app());
        desk.database.write(sql -> sql.execute("""
                create function public.hold() returns trigger language plpgsql
                as $$ begin perform pg_sleep(600); return new; end $$"""));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void hold(String table, String when) {
        desk.database.write(sql -> sql.execute("create trigger hold before insert on " + table
                + " for each row when (" + when + ") execute function public.hold()"));
    }

    private boolean held() {
        return desk.database.read(sql -> sql.fetchSingle("""
                select exists (select from pg_stat_activity
                               where datname = current_database() and wait_event = 'PgSleep')""").into(boolean.class));
    }

    private void letGo(String table) {
        desk.database.read(sql -> sql.fetch("""
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and wait_event = 'PgSleep'"""));
        desk.database.write(sql -> sql.execute("drop trigger hold on " + table));
    }

    /// Starts an instance on a node that is killed as soon as it is held.
    private UUID killWhenHeld(String table, String when) throws Exception {
        hold(table, when);
        UUID id = desk.start("onboard");
        try (KilledNode first = KilledNode.start(settings)) {
            assertThat(TestNode.until(this::held)).as("held").isTrue();
            first.kill();
        }
        return id;
    }

    /// Another node brings it to its end.
    private void finish(UUID id) throws Exception {
        try (KilledNode _ = KilledNode.start(settings)) {
            desk.parks(id);
            answer();
            desk.reaches(id, "completed");
            assertThat(TestNode.until(() -> desk.living() == 0)).isTrue();
        }
    }

    private void answer() {
        TestApprovals.decide(desk.database, TestApprovals.find(desk.database, "May I?").orElseThrow(), true, false);
    }

    @Test
    void a_node_that_is_not_killed_does_each_step_once() throws Exception {
        finish(desk.start("onboard"));

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
    }

    @Test
    void killed_between_the_work_of_a_rule_and_its_entry() throws Exception {
        UUID id = killWhenHeld("appos.process_step", "new.path = 'two' and new.status = 'done'");
        assertThat(desk.effects()).containsExactly("note 1", "note 2");
        assertThat(desk.step(id, "two").get("status")).isNotEqualTo("done");
        letGo("appos.process_step");
        finish(id);

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
        assertThat(desk.step(id, "two")).containsEntry("attempt", 1);
    }

    @Test
    void without_the_answer_kept_with_the_work_that_work_would_be_done_twice() throws Exception {
        UUID id = killWhenHeld("appos.process_step", "new.path = 'two' and new.status = 'done'");
        letGo("appos.process_step");
        desk.database.write(sql -> sql.execute("delete from appos.answer"));
        finish(id);

        assertThat(desk.effects()).filteredOn("note 2"::equals).hasSize(2);
    }

    @Test
    void killed_between_the_work_of_code_and_its_entry() throws Exception {
        UUID id = killWhenHeld("appos.process_step", "new.path = 'code' and new.status = 'done'");
        assertThat(desk.effects()).endsWith("code");
        letGo("appos.process_step");
        finish(id);

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
    }

    @Test
    void killed_in_the_middle_of_the_work() throws Exception {
        UUID id = killWhenHeld("public.effect", "new.name = 'note 2'");
        assertThat(desk.effects()).containsExactly("note 1");
        letGo("public.effect");
        finish(id);

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
    }

    @Test
    void killed_inside_a_parallel() throws Exception {
        UUID id = killWhenHeld("appos.process_step", "new.path like 'both/%' and new.status = 'done'");
        assertThat(desk.effects()).hasSizeGreaterThan(3);
        letGo("appos.process_step");
        finish(id);

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
    }

    @Test
    void killed_while_it_waits_for_a_person_who_answers_when_no_node_is_there() throws Exception {
        UUID id = desk.start("onboard");
        try (KilledNode first = KilledNode.start(settings)) {
            desk.parks(id);
            first.kill();
        }
        answer();
        try (KilledNode _ = KilledNode.start(settings)) {
            desk.reaches(id, "completed");
        }

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
        int questions = desk.database.read(sql -> sql.fetch("select * from public.question").size());
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void killed_between_a_compensation_and_its_entry_undoes_each_step_once_and_in_order() throws Exception {
        hold("appos.process_step", "new.path = 'undo#2' and new.status = 'done'");
        UUID id = desk.start("undone");
        try (KilledNode first = KilledNode.start(settings)) {
            assertThat(TestNode.until(this::held)).as("held").isTrue();
            first.kill();
        }
        assertThat(desk.effects()).containsExactly("note 1", "note 2", "note 3", "note -3", "note -2");
        letGo("appos.process_step");
        try (KilledNode _ = KilledNode.start(settings)) {
            desk.reaches(id, "failed");
            assertThat(TestNode.until(() -> desk.living() == 0)).isTrue();
        }

        assertThat(desk.effects()).containsExactly("note 1", "note 2", "note 3", "note -3", "note -2", "note -1");
        assertThat(desk.error(id)).isEqualTo("null: No.");
    }

    @Test
    void killed_while_a_second_node_stands_by() throws Exception {
        hold("appos.process_step", "new.path = 'two' and new.status = 'done'");
        UUID id = desk.start("onboard");
        try (KilledNode first = KilledNode.start(settings)) {
            assertThat(TestNode.until(this::held)).isTrue();
            try (KilledNode _ = KilledNode.start(settings)) {
                assertThat(TestNode.until(() -> nodes() == 2)).isTrue();
                first.kill();
                letGo("appos.process_step");
                long killed = System.nanoTime();
                desk.parks(id);
                assertThat(System.nanoTime() - killed).isLessThan(5_000_000_000L);
                answer();
                desk.reaches(id, "completed");
            }
        }

        assertThat(desk.effects()).containsExactlyInAnyOrderElementsOf(ONCE_EACH);
    }

    private int nodes() {
        return desk.database.read(sql -> sql.fetchSingle("select count(*) from appos.node").into(int.class));
    }
}
