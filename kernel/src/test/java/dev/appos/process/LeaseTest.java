package dev.appos.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LeaseTest {

    private final Database database = TestPostgres.database();
    private final List<UUID> answered = new CopyOnWriteArrayList<>();
    private final List<Exception> faults = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    private Lease lease() {
        return new Lease(database, UUID::randomUUID, answered::add, faults::add);
    }

    private List<UUID> nodes() {
        return database.read(sql -> sql.fetch("select id from appos.node").getValues(0, UUID.class));
    }

    private int locks() {
        return database.read(sql -> sql.fetchSingle("""
                select count(*) from pg_locks l join pg_database d on d.oid = l.database
                where l.locktype = 'advisory' and d.datname = current_database()""").into(int.class));
    }

    private void say(String payload) {
        database.write(sql -> sql.execute("select pg_notify('appos_approval', ?)", payload));
    }

    @Test
    void an_answer_is_heard_and_nonsense_between_does_no_harm() {
        UUID question = UUID.randomUUID();
        try (Lease lease = lease()) {
            say("nonsense");
            say(question.toString());
            assertThat(TestNode.until(() -> answered.contains(question))).isTrue();
            assertThat(nodes()).containsExactly(lease.node());
        }

        assertThat(answered).containsExactly(question);
        assertThat(faults).hasSize(1);
    }

    @Test
    void a_node_that_leaves_keeps_no_row_and_no_lock() {
        lease().close();

        assertThat(nodes()).isEmpty();
        assertThat(locks()).isZero();
    }

    @Test
    void a_node_that_is_gone_is_noticed_and_what_it_held_is_free() {
        UUID gone = UUID.randomUUID();
        UUID instance = UUID.randomUUID();
        try (Lease lease = lease()) {
            database.write(sql -> {
                sql.execute("insert into appos.node (id, name) values (?, 'gone')", gone);
                return sql.execute(
                        "insert into appos.process_ready (id, wake_at, owner, epoch) values (?, now(), ?, 3)",
                        instance, gone);
            });
            assertThat(TestNode.until(() -> database.read(sql -> sql.fetchSingle(
                    "select owner is null and takeovers = 1 from appos.process_ready").into(boolean.class)))).isTrue();
            assertThat(nodes()).containsExactly(lease.node());
        }
    }

    @Test
    void a_node_that_was_taken_for_dead_joins_again_under_another_name() {
        try (Lease lease = lease()) {
            UUID before = lease.node();
            database.write(sql -> sql.execute("delete from appos.node"));

            assertThat(TestNode.until(() -> !lease.node().equals(before) && nodes().contains(lease.node()))).isTrue();
            assertThat(locks()).isEqualTo(1);
        }
    }

    @Test
    void two_nodes_that_live_leave_each_other_alone() {
        try (Lease one = lease(); Lease other = lease()) {
            UUID first = one.node();
            UUID second = other.node();
            database.write(sql -> sql.execute("update appos.node set started_at = beat"));
            // Each has looked at the other a few times once both have given some signs of life.
            assertThat(TestNode.until(() -> database.read(sql -> sql.fetchSingle(
                    "select count(*) = 2 and min(beat - started_at) > interval '1 second' from appos.node")
                    .into(boolean.class)))).isTrue();

            assertThat(one.node()).isEqualTo(first);
            assertThat(other.node()).isEqualTo(second);
            assertThat(nodes()).containsExactlyInAnyOrder(first, second);
        }
    }
}
