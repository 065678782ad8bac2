package dev.appos.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The tables of the months, and the archive.
final class PartitionsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int DAYS = 90;

    private final Database database = TestPostgres.database();
    private final Partitions partitions = new Partitions(database, CLOCK);
    private final Archive archive = new Archive(database, CLOCK, () -> DAYS);
    private final ProcessQueries queries = new ProcessQueries();

    @AfterEach
    void close() {
        database.close();
    }

    /// An instance of a time, with a step that was tried twice.
    private UUID instance(String at, String status) {
        UUID id = new UUID(Month.floor(Instant.parse(at)).getMostSignificantBits() | 0x7000, (long) (Math.random()
                * Long.MAX_VALUE));
        boolean over = !status.equals("waiting");
        database.write(sql -> {
            sql.execute("""
                    insert into appos.process_instance (id, process, code_hash, status, display_name, started_by,
                        triggered_by, execution_id, arguments, started_at, completed_at)
                    values (?, 'crm.processes.p', 'v1', ?, 'p', 'ana', 'user', 'exec_1', '[]', ?::timestamptz,
                            case when ? then ?::timestamptz end)""", id, status, at, over, at);
            sql.execute("""
                    insert into appos.process_step (instance_id, path, digest, status, attempt, answer, started_at,
                                                    finished_at)
                    values (?, 'one', 'd', 'done', 2, '1', ?::timestamptz, ?::timestamptz)""", id, at, at);
            sql.execute("""
                    insert into appos.process_attempt (instance_id, path, attempt, error, started_at, finished_at)
                    values (?, 'one', 1, '{"message": "no"}', ?::timestamptz, ?::timestamptz)""", id, at, at);
            return over ? 0 : sql.execute(
                    "insert into appos.process_ready (id, wake_at) values (?, 'infinity')", id);
        });
        return id;
    }

    private List<String> parts(String table) {
        return database.read(sql -> sql.fetch(
                """
                select relnamespace::regnamespace || '.' || relname from pg_inherits join pg_class on oid = inhrelid
                where inhparent = ?::regclass order by 1""", table)
                .getValues(0, String.class));
    }

    private String part(UUID id) {
        return database.read(sql -> sql.fetch("""
                select relnamespace::regnamespace || '.' || relname from pg_class where oid = any (
                    select tableoid from appos.process_instance where id = ? union all
                    select tableoid from appos_archive.process_instance where id = ?)""", id, id)
                .getValues(0, String.class).getFirst());
    }

    private Map<String, Object> get(UUID id) {
        return database.read(sql -> queries.get(sql, id)).orElseThrow();
    }

    private List<Map<String, Object>> steps(UUID id) {
        return database.read(sql -> queries.steps(sql, id));
    }

    @Test
    void tables_of_this_month_and_three_more_are_there_ahead_of_time_and_a_second_run_makes_none() {
        assertThat(partitions.make()).isEqualTo(4);
        assertThat(partitions.make()).isZero();

        assertThat(parts("appos.process_instance")).containsExactly(
                "appos.process_instance_2026_11", "appos.process_instance_2026_12",
                "appos.process_instance_2027_01", "appos.process_instance_2027_02", "appos.process_instance_rest");
        assertThat(parts("appos.process_step")).hasSize(5).contains("appos.process_step_2027_02");
        assertThat(parts("appos.process_attempt")).hasSize(5);
    }

    @Test
    void nodes_that_start_together_make_each_month_once() {
        int made = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> new Partitions(database, CLOCK).make()))
                .toList().stream().mapToInt(CompletableFuture::join).sum();

        assertThat(made).isGreaterThanOrEqualTo(4);
        assertThat(parts("appos.process_instance")).hasSize(5);
    }

    @Test
    void what_has_no_month_yet_is_in_the_rest_and_goes_to_its_month_with_all_that_belongs_to_it() {
        UUID first = instance("2026-10-01T00:00:00Z", "completed");
        UUID last = instance("2026-10-31T23:59:59.999Z", "waiting");
        UUID now = instance("2026-11-20T00:00:00Z", "completed");
        UUID far = instance("2031-01-01T00:00:00Z", "completed");
        assertThat(part(first)).isEqualTo("appos.process_instance_rest");

        partitions.make();

        assertThat(part(first)).isEqualTo(part(last)).isEqualTo("appos.process_instance_2026_10");
        assertThat(part(now)).isEqualTo("appos.process_instance_2026_11");
        assertThat(part(far)).isEqualTo("appos.process_instance_rest");
        assertThat(steps(first)).extracting(step -> step.get("attempt") + " " + step.get("status"))
                .containsExactly("1 failed", "2 done");
        int steps = database.read(sql -> sql.fetch("select * from only appos.process_step_rest").size());
        assertThat(steps).as("left in the rest").isEqualTo(1);
    }

    @Test
    void a_month_of_which_all_is_over_for_long_goes_to_the_archive_and_is_still_found_by_its_id() {
        UUID old = instance("2026-07-03T00:00:00Z", "failed");
        UUID young = instance("2026-08-30T00:00:00Z", "completed");
        partitions.make();

        archive.keep();
        archive.keep();

        assertThat(part(old)).isEqualTo("appos_archive.process_instance_2026_07");
        assertThat(part(young)).as("its month is not all older than the days").isEqualTo(
                "appos.process_instance_2026_08");
        assertThat(get(old)).containsEntry("status", "archived").containsEntry("ended", "failed");
        assertThat(get(young)).containsEntry("status", "completed").doesNotContainKey("ended");
        assertThat(steps(old)).hasSize(2);
        assertThat(listed("archived")).containsExactly(old.toString());
        assertThat(listed("failed")).isEmpty();
    }

    private List<Object> listed(String status) {
        ProcessQueries.Filter filter = new ProcessQueries.Filter(
                Set.of("crm.processes.p"), Optional.empty(), Optional.of(status), Optional.empty());
        return database.read(sql -> queries.list(sql, filter, 10)).items().stream()
                .map(item -> item.get("instance_id")).toList();
    }

    @Test
    void a_sleeper_keeps_its_month_alive_and_what_is_over_goes_without_it() {
        UUID over = instance("2026-06-03T00:00:00Z", "completed");
        UUID sleeper = instance("2026-06-04T00:00:00Z", "waiting");
        partitions.make();
        archive.keep();

        assertThat(part(over)).isEqualTo("appos_archive.process_instance_2026_06");
        assertThat(steps(over)).hasSize(2);
        assertThat(part(sleeper)).isEqualTo("appos.process_instance_2026_06");
        assertThat(get(sleeper)).containsEntry("status", "waiting");

        database.write(sql -> sql.execute("delete from appos.process_ready") + sql.execute("""
                update appos.process_instance set status = 'completed', completed_at = '2026-08-01' where id = ?""",
                sleeper));
        archive.keep();

        assertThat(part(sleeper)).isEqualTo("appos_archive.process_instance_2026_06");
        assertThat(parts("appos.process_instance")).doesNotContain("appos.process_instance_2026_06");
        assertThat(parts("appos.process_step")).doesNotContain("appos.process_step_2026_06");
    }

    @Test
    void the_archive_takes_a_month_though_its_table_has_grown_a_column_since() {
        UUID first = instance("2026-05-03T00:00:00Z", "completed");
        partitions.make();
        archive.keep();
        database.write(sql -> sql.execute(
                "alter table appos.process_instance add column mood text not null default 'ok'"));
        UUID second = instance("2026-06-03T00:00:00Z", "completed");
        UUID third = instance("2026-07-03T00:00:00Z", "completed");
        instance("2026-07-03T00:00:00Z", "waiting");
        partitions.make();
        archive.keep();

        assertThat(part(second)).isEqualTo("appos_archive.process_instance_2026_06");
        assertThat(part(third)).isEqualTo("appos_archive.process_instance_2026_07");
        assertThat(get(first)).containsEntry("status", "archived");
    }
}
