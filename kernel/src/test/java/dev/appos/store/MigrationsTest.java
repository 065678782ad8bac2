package dev.appos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationsTest {

    private static final Path FILES = Path.of("src/main/resources/dev/appos/store/migrations");

    private final Database database = TestPostgres.database();
    private final Migrations migrations = new Migrations(database);

    @TempDir
    private Path app;

    @AfterEach
    void close() {
        database.close();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(app.resolve(name), text);
    }

    private List<String> tables(String schema) {
        return database.read(sql -> sql.fetch(
                        "select table_name from information_schema.tables where table_schema = ? order by 1", schema)
                .getValues(0, String.class));
    }

    private String text(String query) {
        return database.read(sql -> sql.fetchSingle(query).get(0, String.class));
    }

    @Test
    void platform_files_are_numbered_without_gaps_and_doubles() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();

            assertThat(names).allMatch(name -> name.matches("V\\d{3}__[a-z0-9_]+\\.sql"));
            assertThat(names.stream().map(name -> Integer.parseInt(name.substring(1, 4))))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, names.size()).boxed().toList());
        }
    }

    @Test
    void the_platform_has_its_tables_and_a_second_run_does_nothing() {
        assertThat(tables("appos")).contains("node", "migration");
        assertThat(migrations.applyPlatform()).isZero();
    }

    @Test
    void an_older_node_refuses_a_newer_database() {
        database.write(sql -> sql.execute("""
                insert into appos.migration
                select installed_rank + 1000, '999', 'from the future', type, 'V999__from_the_future.sql', checksum,
                       installed_by, installed_on, execution_time, success
                from appos.migration where version is not null limit 1"""));

        assertThatThrownBy(migrations::applyPlatform)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("999")
                .hasMessageContaining("does not know");
    }

    @Test
    void a_platform_file_changed_after_it_ran_is_refused() {
        database.write(sql -> sql.execute("update appos.migration set checksum = 1 where version is not null"));

        assertThatThrownBy(migrations::applyPlatform).isInstanceOf(Refusal.class).hasMessageContaining("checksum");
    }

    @Test
    void each_app_has_a_schema_and_a_history_of_its_own() throws IOException {
        file("V1__customers.sql", "create table crm.customer (name text)");
        assertThat(migrations.applyApp("crm", app)).isEqualTo(1);

        file("V2__mail.sql", "alter table crm.customer add mail text default '${kept as it is}'");
        assertThat(migrations.applyApp("crm", app)).isEqualTo(1);
        assertThat(migrations.applyApp("crm", app)).isZero();

        assertThat(tables("crm")).containsExactly("customer");
        assertThat(tables("appos")).contains("migration_crm");
        assertThat(migrations.applyPlatform()).isZero();
    }

    @Test
    void an_app_file_runs_with_the_servers_search_path_and_leaves_it_so() throws IOException {
        String before = database.read(sql -> sql.fetchSingle("show search_path").into(String.class));
        file("V1__path.sql", "create table crm.seen as select current_setting('search_path') as path");

        migrations.applyApp("crm", app);

        String seen = database.read(sql -> sql.fetchSingle("select path from crm.seen").into(String.class));
        String after = database.read(sql -> sql.fetchSingle("show search_path").into(String.class));
        assertThat(seen).isEqualTo(before);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void a_failing_file_leaves_nothing_of_itself_and_is_named_with_its_fault() throws IOException {
        file("V1__good.sql", "create table crm.good (id int)");
        file("V2__bad.sql", "create table crm.half (id int);\nselect nonsense;");

        assertThatThrownBy(() -> migrations.applyApp("crm", app))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("V2__bad.sql")
                .hasMessageContaining("nonsense");
        assertThat(tables("crm")).containsExactly("good");

        file("V2__bad.sql", "create table crm.whole (id int)");
        assertThat(migrations.applyApp("crm", app)).isEqualTo(1);
    }

    @Test
    void a_file_with_a_wrong_name_is_refused_instead_of_passed_over() throws IOException {
        file("2_customers.sql", "create table crm.customer (name text)");

        assertThatThrownBy(() -> migrations.applyApp("crm", app))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("2_customers.sql");
    }

    @Test
    void an_older_app_refuses_a_newer_schema() throws IOException {
        file("V1__a.sql", "create table crm.a (id int)");
        file("V2__b.sql", "create table crm.b (id int)");
        migrations.applyApp("crm", app);
        Files.delete(app.resolve("V2__b.sql"));

        assertThatThrownBy(() -> migrations.applyApp("crm", app))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("migration 2 (b) of app crm");
    }

    @Test
    void an_app_without_files_needs_nothing() {
        assertThat(migrations.applyApp("crm", app.resolve("missing"))).isZero();
        assertThat(tables("appos")).doesNotContain("migration_crm");
    }

    @Test
    void a_schema_that_is_not_an_apps_is_not_touched() {
        assertThatThrownBy(() -> migrations.applyApp("appos", app)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> migrations.applyApp("a\"b", app)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_stepwise_file_builds_indexes_beside_its_users_and_the_one_after_it_is_a_transaction() throws IOException {
        file("V1__a.sql", "create table crm.a (id int); insert into crm.a values (1)");
        file("V2__b.sql", """
                -- Statement by statement
                drop index concurrently if exists crm.a_idx;
                create index concurrently a_idx on crm.a (id);
                alter table crm.a add constraint c check (id > 0) not valid;
                alter table crm.a validate constraint c;
                drop index concurrently if exists crm.b_idx;
                create unique index concurrently b_idx on crm.a (id);
                """);
        file("V3__c.sql", "-- Statement by statement\ncreate index concurrently c_idx on crm.a (id);");
        file("V4__d.sql", "create table crm.d (id int)");

        assertThat(migrations.applyApp("crm", app)).isEqualTo(4);

        assertThat(text("select count(*) from pg_index where indrelid = 'crm.a'::regclass and indisvalid"))
                .isEqualTo("3");
        assertThat(text("show lock_timeout")).isEqualTo("0");
    }

    @Test
    void a_stepwise_file_that_failed_runs_again_from_its_beginning() throws IOException {
        file("V1__a.sql", "create table crm.a (id int); insert into crm.a values (1), (1)");
        file("V2__b.sql", """
                -- Statement by statement
                drop index concurrently if exists crm.a_idx;
                create unique index concurrently a_idx on crm.a (id);
                """);

        assertThatThrownBy(() -> migrations.applyApp("crm", app)).isInstanceOf(Refusal.class)
                .hasMessageContaining("V2__b.sql");
        database.write(sql -> sql.execute("delete from crm.a where ctid = '(0,1)'"));

        assertThat(migrations.applyApp("crm", app)).isEqualTo(1);
        assertThat(text("select indisvalid from pg_index where indrelid = 'crm.a'::regclass")).isEqualTo("true");
    }
}
