package dev.appos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

final class DatabaseTest {

    private final DatabaseSettings settings = TestPostgres.settings();
    private final Database database = new Database(settings);

    @BeforeEach
    void make_a_table() {
        database.read(sql -> sql.execute("create table ticket (id int primary key deferrable initially deferred)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int tickets() {
        return database.read(sql -> sql.fetchSingle("select count(*) from ticket").into(int.class));
    }

    @Test
    void write_keeps_all_of_it() {
        int rows = database.write(sql -> sql.execute("insert into ticket values (1), (2)"));

        assertThat(rows).isEqualTo(2);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void write_keeps_nothing_when_the_work_throws() {
        Error error = new AssertionError("even an error");

        assertThatThrownBy(() -> database.write(sql -> {
                    sql.execute("insert into ticket values (1)");
                    throw error;
                }))
                .isSameAs(error);
        assertThat(tickets()).isZero();
    }

    @Test
    void read_runs_without_a_transaction() {
        List<Long> transactions = database.read(sql -> List.of(
                sql.fetchSingle("select pg_current_xact_id()::text::bigint").into(long.class),
                sql.fetchSingle("select pg_current_xact_id()::text::bigint").into(long.class)));

        assertThat(transactions).doesNotHaveDuplicates();
    }

    @Test
    void statements_are_prepared_on_the_server_from_the_first_time_on() {
        int prepared = database.read(sql -> {
            sql.fetch("select id from ticket where id = ?", 1);
            return sql.fetchSingle("select count(*) from pg_prepared_statements where statement like 'select id%'")
                    .into(int.class);
        });

        assertThat(prepared).isEqualTo(1);
    }

    @Test
    void a_session_takes_no_connection_before_its_first_statement() {
        List<Session> idle = new ArrayList<>();
        for (int i = 0; i < settings.pool().most() * 2; i++) {
            idle.add(database.open(true));
        }

        assertThat(tickets()).isZero();
        idle.forEach(Session::close);
    }

    @Test
    void a_session_sees_its_own_work_and_others_see_it_after_commit() {
        try (Session session = database.open(true)) {
            session.sql().execute("insert into ticket values (1)");
            assertThat(session.sql().fetch("select * from ticket")).hasSize(1);
            assertThat(tickets()).isZero();

            session.commit();
            assertThat(tickets()).isEqualTo(1);
        }
    }

    @Test
    void a_session_closed_without_commit_leaves_nothing() {
        try (Session session = database.open(true)) {
            session.sql().execute("insert into ticket values (1)");
        }

        assertThat(tickets()).isZero();
    }

    @Test
    void a_session_goes_on_after_rollback() {
        try (Session session = database.open(true)) {
            session.sql().execute("insert into ticket values (1)");
            session.rollback();
            session.sql().execute("insert into ticket values (2)");
            session.commit();
        }

        List<Integer> kept = database.read(sql -> sql.fetch("select id from ticket").getValues(0, Integer.class));
        assertThat(kept).containsExactly(2);
    }

    @Test
    void a_session_that_is_not_transactional_keeps_each_statement_at_once() {
        try (Session session = database.open(false)) {
            session.sql().execute("insert into ticket values (1)");
            assertThat(tickets()).isEqualTo(1);
            session.rollback();
        }

        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void a_closed_session_takes_no_more_statements() {
        Session session = database.open(true);
        session.close();

        assertThatThrownBy(session::sql).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_deferred_constraint_speaks_up_at_commit_and_nothing_is_kept() {
        assertThatThrownBy(() -> database.write(sql -> sql.execute("insert into ticket values (1), (1)")))
                .isInstanceOfSatisfying(DataAccessException.class, failure -> assertThat(SqlFault.of(failure).kind())
                        .isEqualTo(SqlFault.Kind.UNIQUE));
        assertThat(tickets()).isZero();
    }

    @Test
    void a_connection_lost_in_the_middle_is_a_refusal_and_the_next_call_gets_another() {
        assertThatThrownBy(() -> database.write(sql -> {
                    int backend = sql.fetchSingle("select pg_backend_pid()").into(int.class);
                    database.read(other -> other.fetch("select pg_terminate_backend(?)", backend));
                    return sql.fetch("select * from ticket");
                }))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.remedy()).contains("Try again"));
        assertThat(tickets()).isZero();
    }

    @Test
    void a_connection_lost_before_the_columns_of_an_answer_are_known_is_a_refusal_too() {
        assertThatThrownBy(() -> database.read(sql -> sql.configuration()
                        .deriveAppending(ExecuteListener.onExecuteEnd(context -> breakOff(context.connection())))
                        .dsl()
                        .fetch("select id from ticket")))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE));

        assertThat(tickets()).isZero();
    }

    private static void breakOff(Connection connection) {
        try {
            connection.unwrap(PgConnection.class).close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_connection_lost_before_commit_says_that_the_outcome_is_unknown() {
        assertThatThrownBy(() -> database.write(sql -> {
                    int backend = sql.fetchSingle("select pg_backend_pid()").into(int.class);
                    return database.read(other -> other.fetch("select pg_terminate_backend(?)", backend));
                }))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("may or may not");
    }

    @Test
    void a_caller_waits_as_long_as_the_settings_say() {
        Duration timeout = Duration.ofMillis(700);
        try (Database small = new Database(settings.with(new PoolSettings(1, 1, timeout, Duration.ofMinutes(30))));
                Session busy = small.open(false)) {
            busy.sql().fetch("select 1");
            long start = System.nanoTime();

            assertThatThrownBy(() -> small.read(sql -> sql.fetch("select 1"))).isInstanceOf(Refusal.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(
                    timeout.minusMillis(100), timeout.plusSeconds(2));
        }
        assertThat(PoolSettings.DEFAULT.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void an_address_that_cannot_be_read_is_refused_without_its_secrets() {
        for (String url : List.of("jdbc:postgresql://h:abc/x?password=secret", "jdbc:postgresql://[::/x")) {
            assertThatThrownBy(() -> new Database(new DatabaseSettings(url, "me", "secret", 1)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cannot be read").hasMessageNotContaining("secret");
        }
    }

    @Test
    void a_pool_never_opens_more_than_its_most() {
        PoolSettings pool = new PoolSettings(3, 5, Duration.ofMillis(300), Duration.ofMinutes(30));
        try (Database other = new Database(settings.with(pool))) {
            List<Session> busy = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                busy.add(other.open(false));
                busy.getLast().sql().fetch("select 1");
            }

            assertThatThrownBy(() -> other.read(sql -> sql.fetch("select 1"))).isInstanceOf(Refusal.class);
            assertThat(busy.stream().map(session -> session.sql().fetchSingle("select pg_backend_pid()").get(0)))
                    .doesNotHaveDuplicates();
            busy.forEach(Session::close);
        }
    }

    @Test
    void a_pool_opens_at_once_as_many_as_it_keeps() {
        int before = connections();
        PoolSettings pool = new PoolSettings(3, 5, Duration.ofMillis(300), Duration.ofMinutes(30));
        try (Database other = new Database(settings.with(pool))) {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (connections() - before != 3 && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(connections() - before).isEqualTo(3);
        }
    }

    private int connections() {
        return database.read(sql -> sql.fetchSingle(
                        "select count(*) from pg_stat_activity where datname = current_database()").into(int.class));
    }

    @Test
    void a_server_that_is_not_there_is_a_refusal_that_names_it_without_secrets() throws IOException {
        DatabaseSettings nowhere =
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/x?password=secret", "me", "secret", 1);

        assertThatThrownBy(() -> new Database(nowhere).close())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
                .hasMessageNotContaining("secret");
        assertThat(nowhere).asString().doesNotContain("secret");
    }
}
