package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.store.LockPatience;
import dev.appos.store.Migrations;
import dev.appos.store.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes of tables while others are at work with them.
final class RollingTest {

    private static final Ref BOX = new Ref("shop", "records", "box");
    private static final F NAME = F.text("name", 10);

    private final House house = new House();

    @TempDir
    private Path other;

    @AfterEach
    void close() {
        house.close();
    }

    private static Snapshot box(F... fields) {
        return Demo.snapshot(Demo.record("shop", "box", false, fields));
    }

    private AppSchema node(Path migrations, LockPatience patience) {
        return new AppSchema(new Migrations(house.database, patience), migrations);
    }

    private Path migrations() {
        return house.folder.resolve("migrations");
    }

    private String one(String query) {
        return house.database.read(sql -> sql.fetchSingle(query).get(0, String.class));
    }

    @Test
    void a_server_of_the_version_before_goes_on_reading_and_writing_after_fields_were_added() {
        house.with(box(NAME));
        house.create(BOX, Map.of("name", "a"));
        Snapshot next = box(
                NAME, F.of("size", ValueType.INTEGER), F.of("kind", ValueType.TEXT).required().defaults("x"));

        assertThat(node(migrations(), LockPatience.USUAL).apply(house.database, next).refused()).isFalse();

        house.create(BOX, Map.of("name", "b"));
        house.call(BOX, new Input.GetRecord(1, List.of()));
        assertThat(house.call(BOX, new Input.GetRecord(2, List.of()))).isInstanceOf(Map.class);
        assertThat(one("select string_agg(name || kind, ' ' order by id) from shop.boxes")).isEqualTo("ax bx");
    }

    @Test
    void old_sources_without_the_files_that_ran_do_not_touch_the_tables() throws IOException {
        house.with(box(NAME, F.of("size", ValueType.INTEGER).required()));
        String before = one("select attnotnull::text from pg_attribute where attrelid = 'shop.boxes'::regclass "
                + "and attname = 'size'");

        assertThatThrownBy(() -> node(other, LockPatience.USUAL).apply(house.database, box(NAME)))
                .isInstanceOf(Refusal.class).hasMessageContaining("has no files of it");
        Files.createDirectories(other.resolve("shop"));
        assertThatThrownBy(() -> node(other, LockPatience.USUAL).apply(house.database, box(NAME)))
                .isInstanceOf(Refusal.class).hasMessageContaining("does not know");

        assertThat(one("select attnotnull::text from pg_attribute where attrelid = 'shop.boxes'::regclass "
                + "and attname = 'size'")).isEqualTo(before).isEqualTo("true");
    }

    @Test
    void a_long_reader_is_waited_for_in_turns_and_the_change_is_given_up_whole_if_it_stays() throws Exception {
        house.with(box(NAME));
        Snapshot next = box(NAME, F.of("size", ValueType.INTEGER));
        LockPatience little = new LockPatience(Duration.ofMillis(50), 2, Duration.ofMillis(10));
        LockPatience much = new LockPatience(Duration.ofMillis(50), 200, Duration.ofMillis(20));
        try (Session reader = house.database.open(true)) {
            reader.sql().fetch("select * from shop.boxes");

            assertThatThrownBy(() -> node(migrations(), little).apply(house.database, next))
                    .isInstanceOf(Refusal.class).hasMessageContaining("lock");
            assertThat(house.count("select count(*) from pg_attribute where attrelid = 'shop.boxes'::regclass "
                    + "and attname = 'size'")).isZero();

            CompletableFuture<Plan> change = CompletableFuture.supplyAsync(
                    () -> node(migrations(), much).apply(house.database, next));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (house.count("select count(*) from pg_locks where not granted") == 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(change).isNotDone();
            reader.commit();
            assertThat(change.get(20, TimeUnit.SECONDS).refused()).isFalse();
        }
        house.with(next);
        assertThat(house.create(BOX, Map.of("size", 3))).containsEntry("size", 3);
    }

    @Test
    void empty_rows_get_a_default_in_batches_and_a_filling_that_was_cut_off_goes_on() {
        house.with(box(NAME));
        house.database.write(sql -> sql.execute("""
                insert into shop.boxes (created_by, updated_by, name)
                select 'a', 'a', case when n % 3 = 0 then 'x' end from generate_series(1, 9000) as n"""));
        Snapshot next = box(F.text("name", 10).required().defaults("none"));
        // As a filling that died after its first batch leaves it.
        house.database.write(sql -> sql.execute(
                "update shop.boxes set name = 'none' where name is null and id <= 2000"));

        assertThat(node(migrations(), LockPatience.USUAL).apply(house.database, next).refused()).isFalse();

        assertThat(one("select count(*) filter (where name = 'none') || ' ' || count(*) filter (where name = 'x') "
                + "from shop.boxes")).isEqualTo("6000 3000");
        assertThat(one("select count(distinct xmin::text)::text from shop.boxes where id > 2000 and name = 'none'"))
                .as("more than one transaction").isEqualTo("3");
    }

    @Test
    void texts_become_what_they_say_and_back_where_every_row_allows_it() {
        house.with(box(F.text("n", 20), F.text("d", 20), F.text("b", 20), F.text("p", 20)));
        Database database = house.database;
        database.write(sql -> sql.execute("""
                insert into shop.boxes (created_by, updated_by, n, d, b, p)
                values ('a', 'a', '-12', '2024-02-29', 'true', '1.50'),
                    ('a', 'a', null, '2026-12-31', 'false', '7')"""));
        Snapshot typed = box(F.of("n", ValueType.INTEGER), F.of("d", ValueType.DATE), F.of("b", ValueType.BOOLEAN),
                F.of("p", ValueType.DECIMAL).digits(4, 2));
        database.write(sql -> sql.execute("update shop.boxes set d = '2023-02-29' where id = 1"));
        assertThat(house.schema.apply(database, typed).problems()).hasSize(1).first()
                .satisfies(problem -> assertThat(problem.message()).contains("1 row does not fit"));
        database.write(sql -> sql.execute("update shop.boxes set d = '2024-02-29' where id = 1"));

        Plan plan = house.schema.apply(database, typed);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.steps().stream().map(Step::risk)).contains(Risk.NEEDS_DATA).doesNotContain(Risk.DESTRUCTIVE);
        String values = "select string_agg(concat_ws(' ', n, d, b, p), ', ' order by id) from shop.boxes";
        assertThat(one(values)).isEqualTo("-12 2024-02-29 t 1.50, 2026-12-31 f 7.00");
        assertThat(house.schema.apply(database, box(
                        F.text("n", 20), F.text("d", 20), F.text("b", 20), F.text("p", 20))).problems()).isEmpty();
        assertThat(one(values)).isEqualTo("-12 2024-02-29 true 1.50, 2026-12-31 false 7.00");
        assertThat(house.schema.plan(database, box(F.text("n", 20), F.text("d", 20), F.text("b", 20),
                        F.of("p", ValueType.DECIMAL).min(0))).problems())
                .as("a rule about the new values is a step of its own").hasSize(1);
    }

    @Test
    void a_file_that_was_drafted_for_other_definitions_is_refused_with_the_difference() throws IOException {
        house.with(box(NAME));
        Path file = house.schema.draft(house.database, box(NAME, F.text("fax", 20)), "shop", true)
                .keySet().iterator().next();

        assertThatThrownBy(() -> house.schema.apply(house.database, box(NAME, F.text("fax", 40))))
                .isInstanceOf(Refusal.class).hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("varchar(20)").hasMessageContaining("varchar(40)");
        assertThat(house.schema.plan(house.database, box(NAME, F.text("fax", 20))).steps()).isNotEmpty();

        Files.writeString(file, Files.readString(file).replace("\n-- Drafted", "select 1;\n-- Drafted"));
        assertThat(house.schema.apply(house.database, box(NAME, F.text("fax", 20))).refused())
                .as("edited by hand, for the same definitions").isFalse();
    }
}
