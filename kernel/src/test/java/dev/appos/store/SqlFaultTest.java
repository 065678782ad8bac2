package dev.appos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.store.SqlFault.Kind;
import java.sql.SQLException;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SqlFaultTest {

    private static final Database DATABASE = TestPostgres.database();

    @BeforeAll
    static void make_tables() {
        DATABASE.read(sql -> sql.execute("""
                create schema crm;
                create table crm.agent (id int constraint agent_key primary key);
                create table crm.ticket (
                    id int constraint ticket_key primary key,
                    title varchar(5) not null,
                    priority smallint constraint priority_range check (priority between 1 and 5),
                    due date,
                    agent int constraint ticket_agent references crm.agent on delete restrict,
                    constraint one_at_a_time exclude using btree (title with =));
                insert into crm.agent values (1);
                insert into crm.ticket values (1, 'first', 1, null, 1);
                """));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static SqlFault fault(String statement, Object... values) {
        DataAccessException failure = catchThrowableOfType(
                DataAccessException.class, () -> DATABASE.write(sql -> sql.execute(statement, values)));
        assertThat(failure).as(statement).isNotNull();
        return SqlFault.of(failure);
    }

    private static Kind kind(String statement, Object... values) {
        return fault(statement, values).kind();
    }

    @Test
    void a_value_taken_names_the_constraint_and_the_table() {
        SqlFault fault = fault("insert into crm.ticket (id, title) values (1, 'x')");

        assertThat(fault.kind()).isEqualTo(Kind.UNIQUE);
        assertThat(fault.constraint()).isEqualTo("ticket_key");
        assertThat(fault.table()).isEqualTo("ticket");
        assertThat(fault.message()).contains("ticket_key");
    }

    @Test
    void an_exclusion_counts_as_a_value_taken() {
        SqlFault fault = fault("insert into crm.ticket (id, title) values (2, 'first')");

        assertThat(fault.kind()).isEqualTo(Kind.UNIQUE);
        assertThat(fault.constraint()).isEqualTo("one_at_a_time");
    }

    @Test
    void a_fault_in_a_batch_is_found_behind_the_batch() {
        DataAccessException failure = catchThrowableOfType(
                DataAccessException.class,
                () -> DATABASE.write(sql ->
                        sql.batch("insert into crm.agent values (?)").bind(7).bind(7).execute()));

        assertThat(SqlFault.of(failure).constraint()).isEqualTo("agent_key");
    }

    @Test
    void both_ends_of_a_broken_reference_are_a_foreign_key() {
        SqlFault missing = fault("insert into crm.ticket (id, title, agent) values (2, 'x', 99)");
        SqlFault needed = fault("delete from crm.agent");

        assertThat(missing.kind()).isEqualTo(Kind.FOREIGN_KEY);
        assertThat(missing.constraint()).isEqualTo("ticket_agent");
        assertThat(needed.kind()).isEqualTo(Kind.FOREIGN_KEY);
        assertThat(needed.constraint()).isEqualTo("ticket_agent");
    }

    @Test
    void a_check_names_its_constraint() {
        SqlFault fault = fault("insert into crm.ticket (id, title, priority) values (2, 'x', 9)");

        assertThat(fault.kind()).isEqualTo(Kind.CHECK);
        assertThat(fault.constraint()).isEqualTo("priority_range");
    }

    @Test
    void a_missing_value_names_its_column() {
        SqlFault fault = fault("insert into crm.ticket (id) values (2)");

        assertThat(fault.kind()).isEqualTo(Kind.NOT_NULL);
        assertThat(fault.column()).isEqualTo("title");
        assertThat(fault.table()).isEqualTo("ticket");
    }

    @Test
    void values_that_do_not_fit_are_told_apart() {
        assertThat(kind("update crm.ticket set title = 'far too long'")).isEqualTo(Kind.TOO_LONG);
        assertThat(kind("update crm.ticket set priority = 70000")).isEqualTo(Kind.OUT_OF_RANGE);
        assertThat(kind("update crm.ticket set due = '2026-02-30'")).isEqualTo(Kind.OUT_OF_RANGE);
        assertThat(kind("update crm.ticket set priority = cast(? as smallint)", "many")).isEqualTo(Kind.BAD_VALUE);
        assertThat(kind("update crm.ticket set title = ?", "a\0b")).isEqualTo(Kind.BAD_VALUE);
    }

    @Test
    void two_writers_in_each_others_way_may_try_again() {
        DataAccessException failure = catchThrowableOfType(
                DataAccessException.class,
                () -> DATABASE.write(sql -> {
                    sql.execute("set transaction isolation level repeatable read");
                    sql.fetch("select * from crm.ticket");
                    DATABASE.write(other -> other.execute("update crm.ticket set priority = 2"));
                    return sql.execute("update crm.ticket set priority = 3");
                }));

        assertThat(SqlFault.of(failure).kind()).isEqualTo(Kind.SERIALIZATION);
    }

    @Test
    void a_statement_prepared_before_a_migration_may_be_tried_again() {
        try (Session session = DATABASE.open(true)) {
            session.sql().execute("create table crm.changing (id int)");
            session.commit();
            session.sql().fetch("select * from crm.changing");
            session.commit();
            session.sql().fetch("select 1");
            DATABASE.write(other -> other.execute("alter table crm.changing alter id type text"));

            DataAccessException failure = catchThrowableOfType(
                    DataAccessException.class, () -> session.sql().fetch("select * from crm.changing"));
            assertThat(SqlFault.of(failure).kind()).isEqualTo(Kind.SERIALIZATION);
            session.rollback();
        }
        assertThat(DATABASE.<List<?>>read(sql -> sql.fetch("select * from crm.changing"))).isEmpty();
    }

    @Test
    void a_mistake_in_the_statement_is_none_of_these() {
        assertThat(kind("select nonsense")).isEqualTo(Kind.OTHER);
    }

    @Test
    void states_that_need_a_sick_server_are_read_by_their_code() {
        assertThat(SqlFault.of(new SQLException("no room", "53100")).kind()).isEqualTo(Kind.DISK_FULL);
        assertThat(SqlFault.of(new SQLException("too many", "53300")).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(SqlFault.of(new SQLException("gone", "08006")).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(SqlFault.of(new SQLException("no state")).kind()).isEqualTo(Kind.OTHER);
        assertThat(SqlFault.of(new DataAccessException("no cause")).kind()).isEqualTo(Kind.OTHER);
    }
}
