package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.registry.Problem;
import dev.appos.registry.Snapshot;
import dev.appos.store.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the tables of the apps promise when definitions change.
final class AppSchemaTest {

    private static final Ref BOX = new Ref("shop", "records", "box");
    private static final Ref SHELF = new Ref("store", "records", "shelf");

    private final House house = new House();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        house.close();
    }

    private static RecordDefinition box(F... fields) {
        return Demo.record("shop", "box", false, fields);
    }

    private Plan apply(RecordDefinition... records) {
        Snapshot snapshot = Demo.snapshot(records);
        Plan plan = house.schema.apply(house.database, snapshot);
        if (!plan.refused()) {
            assertThat(house.schema.plan(house.database, snapshot).upToDate())
                    .as("a second run finds nothing to do, but: %s", house.schema.plan(house.database, snapshot))
                    .isTrue();
        }
        return plan;
    }

    private static List<Risk> risks(Plan plan) {
        return plan.steps().stream().map(Step::risk).toList();
    }

    private void sql(String text) {
        house.database.write(sql -> sql.execute(text));
    }

    private void insert(String columns, String values) {
        sql("insert into shop.boxes (created_by, updated_by, " + columns + ") values ('a', 'a', " + values + ")");
    }

    private String text(String query) {
        return house.database.read(sql -> sql.fetchSingle(query).get(0, String.class));
    }

    private String type(String column) {
        return text("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'shop.boxes'::regclass "
                + "and attname = '" + column + "'");
    }

    private List<String> files(String app) throws IOException {
        try (Stream<Path> files = Files.list(house.folder.resolve("migrations").resolve(app))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Problem only(Plan plan) {
        assertThat(plan.problems()).hasSize(1);
        return plan.problems().getFirst();
    }

    @Test
    void the_demo_gets_its_tables_in_reviewed_files_and_a_second_run_does_nothing() throws IOException {
        Plan plan = house.schema.apply(house.database, Demo.chinook());

        assertThat(plan.refused()).isFalse();
        assertThat(risks(plan)).containsOnly(Risk.SAFE);
        assertThat(house.schema.plan(house.database, Demo.chinook()).upToDate()).isTrue();
        assertThat(files("crm")).hasSize(1).first().asString().startsWith("V1__create_customers");
        assertThat(files("billing")).hasSize(2);
        assertThat(text("select string_agg(conname, ' ' order by conname) from pg_constraint "
                        + "where conrelid = 'crm.customers'::regclass and contype <> 'n'"))
                .isEqualTo("customers_credit_limit_min_check customers_email_key customers_first_name_blank_check "
                        + "customers_id_pkey customers_status_check customers_support_rep_id_fkey "
                        + "customers_visits_max_check customers_visits_min_check");
    }

    @Test
    void a_dry_run_says_what_would_happen_and_changes_nothing() {
        Plan plan = house.schema.plan(house.database, Demo.snapshot(box(F.text("name", 10))));

        assertThat(plan.toString()).startsWith("SAFE        shop: create shop.boxes");
        assertThat(plan.values()).containsKeys("steps", "problems", "kept");
        assertThat(house.count("select count(*) from pg_namespace where nspname like '%shop%'")).isZero();
        assertThat(house.folder.resolve("migrations")).doesNotExist();
    }

    @Test
    void an_optional_field_is_added_beside_the_rows_there_are() {
        apply(box(F.text("name", 10)));
        insert("name", "'a'");

        Plan plan = apply(box(F.text("name", 10), F.of("size", ValueType.INTEGER).range(1, 9)));

        assertThat(risks(plan)).containsExactly(Risk.SAFE, Risk.SAFE, Risk.SAFE);
        assertThat(house.count("select count(*) from shop.boxes where size is null")).isEqualTo(1);
    }

    @Test
    void a_required_field_needs_a_default_once_there_are_rows() {
        apply(box(F.text("name", 10)));
        apply(box(F.text("name", 10), F.of("early", ValueType.BOOLEAN).required()));
        insert("name, early", "'a', true");

        Plan refused = apply(box(
                F.text("name", 10), F.of("early", ValueType.BOOLEAN).required(), F.text("code", 5).required()));
        Plan done = apply(box(
                F.text("name", 10), F.of("early", ValueType.BOOLEAN).required(),
                F.text("code", 5).required().defaults("it's"), F.of("at", ValueType.INSTANT).defaults("2026-01-01"),
                F.of("list", ValueType.LIST).required().defaults("[]"),
                F.of("day", ValueType.DATE).defaults("2026-01-01"),
                F.of("price", ValueType.DECIMAL).digits(4, 2).defaults("1.50"),
                F.choice("kind", "A", "B").defaults("B")));

        assertThat(only(refused).message())
                .isEqualTo("shop.boxes has rows, and they have no value for the new required field code.");
        assertThat(only(refused)).extracting(Problem::file, Problem::line).containsExactly("shop/records/box.java", 3);
        assertThat(risks(done)).contains(Risk.SAFE);
        assertThat(text("select code || list || day || price || kind from shop.boxes"))
                .isEqualTo("it's[]2026-01-011.50B");
    }

    @Test
    void a_field_becomes_required_only_when_every_row_has_it() {
        apply(box(F.text("name", 10)));
        insert("name", "null");

        Plan refused = apply(box(F.text("name", 10).required()));
        sql("update shop.boxes set name = 'x'");
        Plan done = apply(box(F.text("name", 10).required()));

        assertThat(only(refused).message())
                .isEqualTo("shop.boxes.name is required now, but 1 row has no value.");
        assertThat(risks(done)).containsExactly(Risk.NEEDS_DATA);
        assertThat(risks(apply(box(F.text("name", 10))))).containsExactly(Risk.SAFE);
    }

    @Test
    void a_rule_that_rows_break_is_refused_and_says_how_many() {
        apply(box(F.text("name", 10), F.of("size", ValueType.INTEGER)));
        insert("name, size", "'same', 1");
        insert("name, size", "'same', 20");
        insert("name, size", "' ', 3");

        Plan check = apply(box(F.text("name", 10), F.of("size", ValueType.INTEGER).range(1, 9)));
        Plan unique = apply(box(F.text("name", 10).unique(), F.of("size", ValueType.INTEGER)));
        Plan blank = apply(box(F.text("name", 10).notBlank(), F.of("size", ValueType.INTEGER)));
        sql("delete from shop.boxes where id > 1");
        Plan all = apply(box(F.text("name", 10).unique().notBlank(), F.of("size", ValueType.INTEGER).range(1, 9)));

        assertThat(only(check).message()).contains("check (\"size\" <= 9)", "1 row breaks it");
        assertThat(only(unique).message()).contains("unique (\"name\")", "each of 2 rows breaks it");
        assertThat(only(blank).message()).contains("1 row breaks it");
        assertThat(risks(all)).contains(Risk.NEEDS_DATA);
    }

    @Test
    void a_length_grows_freely_and_shrinks_only_when_every_value_fits() {
        apply(box(F.text("name", 10)));
        insert("name", "'0123456789'");

        assertThat(risks(apply(box(F.text("name", 20))))).containsExactly(Risk.SAFE);
        assertThat(risks(apply(box(F.of("name", ValueType.TEXT))))).contains(Risk.SAFE);
        Plan refused = apply(box(F.text("name", 9)));
        Plan done = apply(box(F.text("name", 10)));

        assertThat(only(refused).message())
                .isEqualTo("shop.boxes.name would become varchar(9), but 1 row does not fit.");
        assertThat(done.refused()).isFalse();
        assertThat(type("name")).isEqualTo("character varying(10)");
    }

    @Test
    void numbers_widen_with_their_rules_and_narrow_only_when_they_fit() {
        apply(box(F.of("n", ValueType.INTEGER).min(0).defaults("1"), F.of("d", ValueType.DECIMAL).digits(4, 2)));
        insert("n, d", "5, 12.34");

        apply(box(F.of("n", ValueType.LONG).min(0).defaults("1"), F.of("d", ValueType.DECIMAL).digits(8, 4)));
        apply(box(F.of("n", ValueType.DECIMAL).min(0).defaults("1"), F.of("d", ValueType.DECIMAL)));
        Plan refused = apply(box(
                F.of("n", ValueType.DECIMAL).min(0).defaults("1"), F.of("d", ValueType.DECIMAL).digits(1, 2)));
        apply(box(F.of("n", ValueType.INTEGER).min(0).defaults("1"), F.of("d", ValueType.DECIMAL).digits(2, 2)));

        assertThat(only(refused).message()).contains("1 row does not fit");
        assertThat(List.of(type("n"), type("d"))).containsExactly("integer", "numeric(4,2)");
    }

    @Test
    void another_type_is_refused_while_there_are_values_to_lose() {
        F required = F.text("n", 10).notBlank().unique().defaults("x");
        apply(box(required, F.text("m", 5)));
        insert("n", "'12'");
        F[] times = {
            F.of("n", ValueType.INSTANT).unique().defaults("2026-01-01"), F.of("m", ValueType.INSTANT)};

        Plan refused = apply(box(times));
        assertThat(type("n")).isEqualTo("character varying(10)");
        sql("delete from shop.boxes");
        Plan done = apply(box(times));

        assertThat(risks(refused)).contains(Risk.DESTRUCTIVE);
        assertThat(only(refused).message())
                .isEqualTo("shop.boxes.n would become timestamptz, and what 1 row has there would be lost.");
        assertThat(done.refused()).isFalse();
        assertThat(List.of(type("n"), type("m"))).containsOnly("timestamp with time zone");
    }

    @Test
    void a_choice_is_added_freely_and_taken_away_only_when_unused() {
        apply(box(F.choice("kind", "A", "B")));
        insert("kind", "'B'");

        assertThat(risks(apply(box(F.choice("kind", "A", "B", "C"))))).containsExactly(Risk.NEEDS_DATA);
        insert("kind", "'C'");
        assertThat(only(apply(box(F.choice("kind", "A", "B")))).message()).contains("1 row breaks it");
    }

    @Test
    void a_reference_needs_its_targets_and_its_action_can_change() {
        Ref lid = new Ref("shop", "records", "lid");
        RecordDefinition lids = Demo.record("shop", "lid", false, F.text("name", 10));
        apply(box(F.of("lid_id", ValueType.LONG)), lids);
        insert("lid_id", "7");

        Plan refused = apply(box(F.to(lid, "lid", ReferentialAction.RESTRICT)), lids);
        sql("insert into shop.lids (id, created_by, updated_by) values (7, 'a', 'a')");
        Plan done = apply(box(F.to(lid, "lid", ReferentialAction.RESTRICT)), lids);
        Plan action = apply(box(F.to(lid, "lid", ReferentialAction.CASCADE)), lids);

        assertThat(only(refused).message()).contains("1 row breaks it");
        assertThat(risks(done)).contains(Risk.NEEDS_DATA);
        assertThat(risks(action)).containsExactly(Risk.NEEDS_DATA);
        sql("delete from shop.lids");
        assertThat(house.count("select count(*) from shop.boxes")).isZero();
    }

    @Test
    void apps_refer_to_each_other_and_their_files_run_on_an_empty_database() {
        RecordDefinition[] both = {
            Demo.record("shop", "box", false, F.to(SHELF, "shelf", ReferentialAction.RESTRICT)),
            Demo.record("store", "shelf", false, F.to(BOX, "best", ReferentialAction.SET_NULL), F.text("name", 5))
        };
        apply(both);

        try (House other = new House()) {
            AppSchema schema = new AppSchema(new Migrations(other.database), house.folder.resolve("migrations"));
            Plan plan = schema.apply(other.database, Demo.snapshot(both));

            assertThat(plan.upToDate()).isTrue();
            assertThat(other.count("select count(*) from pg_constraint where contype = 'f' and conname in "
                    + "('boxes_shelf_id_fkey', 'shelfs_best_id_fkey')")).isEqualTo(2);
        }
    }

    @Test
    void a_field_that_went_stays_hidden_and_may_be_left_out() {
        apply(box(F.text("name", 10).required().unique().notBlank(), F.text("note", 5)));
        insert("name", "'a'");

        Plan plan = apply(box(F.text("note", 5)));
        insert("note", "'b'");

        assertThat(plan.kept()).containsExactly("shop.boxes.name");
        assertThat(house.count("select count(*) from shop.boxes where name = 'a' or note = 'b'")).isEqualTo(2);
        assertThat(apply(box(F.text("note", 5), F.text("title", 10))).refused())
                .as("a field of that type that is new later on is no riddle").isFalse();
        assertThat(apply(box(F.text("note", 5), F.text("title", 10), F.text("name", 10))).kept())
                .as("declared again").isEmpty();
    }

    @Test
    void a_record_no_longer_declared_keeps_its_table() {
        apply(box(F.text("name", 10)), Demo.record("shop", "lid", true, F.text("name", 10)));

        Plan plan = apply(box(F.text("name", 10)));

        assertThat(plan.kept()).containsExactly("shop.lid_audit_log", "shop.lids");
        assertThat(risks(plan)).containsOnly(Risk.SAFE);
        assertThat(house.count("select count(*) from shop.lids")).isZero();
    }

    @Test
    void history_can_be_switched_on_later() {
        apply(box(F.text("name", 10)));

        Plan plan = apply(Demo.record("shop", "box", true, F.text("name", 10)));

        assertThat(plan.steps()).extracting(Step::what).contains("create shop.box_audit_log");
    }

    @Test
    void constraints_and_indexes_an_administrator_added_stay() {
        apply(box(F.text("name", 10)));
        sql("create index by_hand on shop.boxes (version)");
        sql("alter table shop.boxes add constraint hand_made check (version > 0)");

        Plan plan = apply(box(F.text("name", 12)));

        assertThat(plan.steps()).hasSize(1);
        assertThat(house.count("select count(*) from pg_constraint where conname = 'hand_made'")).isEqualTo(1);
    }

    @Test
    void words_of_sql_and_long_names_do_no_harm() {
        String longName = "a".repeat(60);
        RecordDefinition order = Demo.record("shop", "order", false, List.of(List.of("user", longName)),
                F.text("user", 10).unique(), F.text("select", 10), F.of(longName, ValueType.INTEGER).range(1, 2));

        assertThat(apply(order).refused()).isFalse();
        assertThat(only(apply(box(F.text("b".repeat(64), 5)))).message()).contains("longer than the 63 characters");
    }

    @Test
    void a_default_or_a_pattern_that_makes_no_sense_is_a_fault_of_its_file() {
        Plan plan = apply(box(F.of("n", ValueType.INTEGER).defaults("many"), F.text("t", 5).pattern("(", "")));

        assertThat(plan.problems()).extracting(Problem::message).containsExactly(
                "The default of n must be a number.", "The pattern of t is no regular expression: Unclosed group.");
    }

    @Test
    void records_live_on_through_changes_of_their_definition() {
        house.with(Demo.snapshot(box(F.text("name", 10).required())));
        Snapshot before = house.registry.current();
        house.create(BOX, Map.of("name", "a"));
        house.with(Demo.snapshot(box()));
        house.with(Demo.snapshot(box(F.text("title", 10).required().defaults("none"))));

        assertThat(house.create(BOX, Map.of("title", "b"))).containsEntry("id", 2L).doesNotContainKey("name");
        assertThat((Map<?, ?>) house.call(BOX, new Input.GetRecord(1, List.of())))
                .extracting("title").isEqualTo("none");
        house.registry.swap(before);
        assertThat((Map<?, ?>) house.call(BOX, new Input.GetRecord(1, List.of()))).extracting("name").isEqualTo("a");
    }

    @Test
    void a_node_that_died_after_writing_its_file_is_finished_by_the_next_start() throws IOException {
        apply(box(F.text("name", 10)));
        Snapshot next = Demo.snapshot(box(F.text("name", 10), F.text("code", 5)));
        Plan plan = house.schema.plan(house.database, next);
        new MigrationFiles(house.folder.resolve("migrations/shop")).write(2, plan.steps());

        Plan found = house.schema.apply(house.database, next);

        assertThat(found.upToDate()).isTrue();
        assertThat(type("code")).isEqualTo("character varying(5)");
        assertThat(files("shop")).hasSize(2);
    }

    @Test
    void a_file_that_fails_half_way_leaves_nothing_and_the_next_start_completes() throws IOException {
        apply(box(F.text("name", 10)));
        sql("create table shop.lids ()");
        sql("create view shop.watch as select name from shop.boxes");
        RecordDefinition wider = box(F.text("code", 5), F.text("name", 20));

        Refusal refusal = catchThrowableOfType(Refusal.class,
                () -> house.schema.apply(house.database, Demo.snapshot(wider)));

        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE);
        assertThat(type("name")).isEqualTo("character varying(10)");
        assertThat(house.count("select count(*) from pg_attribute "
                + "where attrelid = 'shop.boxes'::regclass and attname = 'code'")).isZero();
        assertThat(files("shop")).hasSize(1);
        sql("drop view shop.watch");
        assertThat(apply(wider).refused()).isFalse();
        assertThat(type("name")).isEqualTo("character varying(20)");
    }

    @Test
    void several_nodes_that_start_at_once_make_the_tables_once() throws Exception {
        Snapshot snapshot = Demo.chinook();
        List<Callable<Boolean>> starts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AppSchema node = new AppSchema(new Migrations(house.database), house.folder.resolve("migrations"));
            starts.add(() -> node.apply(house.database, snapshot).steps().isEmpty());
        }

        int idle = 0;
        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            for (Future<Boolean> start : nodes.invokeAll(starts)) {
                idle += start.get() ? 1 : 0;
            }
        }

        assertThat(idle).isEqualTo(2);
        assertThat(house.schema.plan(house.database, snapshot).upToDate()).isTrue();
    }
}
