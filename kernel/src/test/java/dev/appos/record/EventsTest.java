package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Cond;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.dispatch.Failure;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.rule.AppHouse;
import dev.appos.secure.Principal;
import dev.appos.trace.JsonLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the authors' code does before and after records are written, and what happens when it fails.
final class EventsTest {

    private static final String ITEM = "shop.records.item";
    private static final String NOTE = "shop.records.note";

    private static final Map<String, String> SOURCES = Map.of(
            "shop/app.yaml", "title: Shop\ngroups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/records/Item.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff", softDelete = true,
                            onCreate = "count")
                    record Item(@NotBlank String name, String slug, int stock, Boolean locked) {

                        boolean low() { return stock < 3; }

                        @BeforeCreate(priority = 2)
                        static void second(Item given, ItemRecords.Change change) {
                            change.slug(given.slug() + "-2");
                        }

                        @BeforeCreate(priority = 1)
                        static void first(Item given, ItemRecords.Change change) {
                            if ("bad".equals(given.name())) { throw reject("name", "is not for sale"); }
                            change.slug(given.name().toLowerCase());
                            if (given.stock() == 0) { change.stock(1); }
                        }

                        @BeforeUpdate
                        static void limit(Row<Item> before, Item after, ItemRecords.Change change) {
                            if (after.stock() < 0) { throw reject("stock", "was " + before.value().stock()); }
                            if (after.stock() > 100) { change.stock(100); }
                        }

                        @BeforeDelete
                        static void keep(Row<Item> item) {
                            if (Boolean.TRUE.equals(item.value().locked())) { throw reject("is locked"); }
                        }

                        @OnUpdate(condition = "low")
                        static void reorder(Row<Item> before, Row<Item> after) {
                            records.note.create(n -> n.text("reorder " + after.value().name() + " "
                                    + before.value().stock() + ">" + after.value().stock()));
                        }

                        @OnDelete(async = true)
                        static void gone(Row<Item> item) {
                            records.note.create(n -> n.text("gone " + item.value().name()));
                        }
                    }
                    """,
            "shop/records/Note.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Note(String text) {

                        @OnCreate
                        static void fail(Row<Note> note) {
                            if (note.value().text().contains("boom")) { throw new IllegalStateException("boom"); }
                        }

                        @OnUpdate
                        static void again(Row<Note> before, Row<Note> after) {
                            records.note.update(after.id(), n -> n.text(after.value().text() + "!"));
                        }
                    }
                    """,
            "shop/rules/Rules.java", """
                    @ExpressionRule
                    void count(long itemId, Map<String, Object> event) {
                        records.note.create(n -> n.text(event.get("event") + " " + itemId + " by " + event.get("by")));
                    }

                    @ExpressionRule
                    long receive(String name) {
                        long id = records.item.create(i -> i.name(name).stock(5));
                        records.item.update(id, i -> i.stock(500));
                        return id;
                    }

                    @ExpressionRule
                    String tryBad() {
                        try {
                            records.item.create(i -> i.name("bad").stock(5));
                            return "made";
                        } catch (AppOsException.Validation e) {
                            return e.getMessage();
                        }
                    }

                    @OnEvent("shop.records.note.deleted")
                    @ExpressionRule
                    void broken(long noteId) {
                        throw new IllegalStateException("never works");
                    }
                    """,
            "watch/app.yaml", "title: Watch\ngroups: [auditors]\nsecurity:\n  defaults:\n    logic: [auditors]\n",
            "watch/records/Seen.java", """
                    @Record(view = "auditors", create = "auditors")
                    record Seen(long item, String what) {}
                    """,
            "watch/rules/Listen.java", """
                    @OnEvent({"shop.records.item.created", "shop.records.item.updated"})
                    @ExpressionRule
                    void seen(long item, Map<String, Object> event) {
                        records.seen.create(s -> s.item(item).what((String) event.get("event")));
                    }
                    """);

    @TempDir
    private static Path folder;

    private static AppHouse house;
    private static EventRunner runner;

    @BeforeAll
    static void open() {
        house = new AppHouse(folder, SOURCES);
        house.world.user("eve", Principal.Type.BASIC, "staff", "auditors");
        runner = runner();
    }

    @BeforeEach
    void empty() {
        house.world.database.write(sql -> sql.execute(
                "truncate shop.items, shop.notes, watch.seens, appos.record_event restart identity"));
    }

    @AfterAll
    static void close() {
        runner.close();
        house.close();
    }

    private static EventRunner runner() {
        return new EventRunner(new EventRunner.Parts(
                house.world.database, name -> house.principal(name),
                new JsonLog(folder.resolve("logs2")), house.world.clock));
    }

    private static Object call(String ref, Input input) {
        return house.call("ana", ref, input, Origin.NONE);
    }

    @SuppressWarnings("unchecked") // the answer to CreateRecords
    private static Map<String, Object> create(String ref, Map<String, Object> row) {
        return ((List<Map<String, Object>>) call(ref, new Input.CreateRecords(List.of(row)))).getFirst();
    }

    private static Map<String, Object> item(String name, int stock) {
        return create(ITEM, new HashMap<>(Map.of("name", name, "stock", stock)));
    }

    private static Map<?, ?> update(String ref, Object id, Map<String, Object> changes) {
        return (Map<?, ?>) call(ref, new Input.UpdateRecord((Long) id, OptionalInt.empty(), changes));
    }

    private static List<Object> notes() {
        return ((Page) call(NOTE, new Input.ListRecords(Query.first(100)))).rows().stream()
                .map(row -> row.get("text")).toList();
    }

    private static long count(String from) {
        return house.world.database.read(sql -> sql.fetchSingle("select count(*) from " + from).get(0, Long.class));
    }

    private static List<String> values(String text) {
        return house.world.database.read(sql -> sql.fetch(text).getValues(0, String.class));
    }

    private static int round() {
        try {
            return runner.round(house.dispatcher);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Refusal refusal(Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused");
    }

    @Test
    void before_events_set_fields_in_the_order_of_their_priority_and_fill_what_is_missing() {
        assertThat(item("Pot", 7)).containsEntry("slug", "pot-2").containsEntry("stock", 7);
        // A required field may be left to the authors.
        assertThat(create(ITEM, Map.of("name", "Pan"))).containsEntry("slug", "pan-2").containsEntry("stock", 1);
        assertThat(refusal(() -> create(ITEM, Map.of("stock", 1))).faults().toString()).contains("/name");
    }

    @Test
    void a_before_event_says_no_on_every_way_to_write() {
        Refusal no = refusal(() -> item("bad", 1));
        assertThat(no.reason()).isEqualTo(Reason.INVALID);
        assertThat(no.getMessage()).contains("is not for sale");
        assertThat(refusal(() -> call(ITEM, new Input.CreateRecords(List.of(
                Map.of("name", "good", "stock", 1), Map.of("name", "bad", "stock", 1))))).getMessage())
                .contains("is not for sale");
        assertThat((String) house.run("ana", "shop.rules.try_bad", Map.of())).contains("is not for sale");
        assertThat(count("shop.items")).isZero();

        Object id = item("Pot", 7).get("id");
        assertThat(refusal(() -> update(ITEM, id, Map.of("stock", -1))).getMessage()).contains("was 7");
        assertThat(refusal(() -> call(ITEM, new Input.UpdateRecords(
                new Cond.Compare("id", Cond.Operator.EQ, id), Map.of("stock", -1)))).getMessage()).contains("was 7");
        update(ITEM, id, Map.of("locked", true));
        assertThat(refusal(() -> call(ITEM, new Input.DeleteRecord((Long) id, OptionalInt.empty()))).getMessage())
                .contains("is locked");
        assertThat(refusal(() -> call(ITEM, new Input.DeleteRecords(
                new Cond.Compare("id", Cond.Operator.EQ, id)))).getMessage()).contains("is locked");
    }

    @Test
    void each_row_of_a_change_of_many_is_asked_about_by_itself() {
        item("a", 7);
        item("b", 8);
        call(ITEM, new Input.UpdateRecords(new Cond.Compare("id", Cond.Operator.GT, 0L), Map.of("stock", 300)));

        assertThat(values("select stock from shop.items")).containsExactly("100", "100");
    }

    @Test
    void changes_made_by_a_rule_and_by_an_event_fire_their_events_in_the_same_transaction() {
        Object id = house.run("ana", "shop.rules.receive", Map.of("name", "Pot"));
        assertThat(update(ITEM, id, Map.of("stock", 2)).get("stock")).isEqualTo(2);

        assertThat(notes()).containsExactly("reorder Pot 100>2");
        // The condition holds no more.
        update(ITEM, id, Map.of("stock", 50));
        assertThat(notes()).hasSize(1);
        // A change that changes nothing is none.
        update(ITEM, id, Map.of("stock", 50));
        assertThat(count("appos.record_event where event = 'watch.rules.seen'")).isEqualTo(4);
    }

    @Test
    void an_event_that_fails_within_the_change_undoes_the_change() {
        try {
            create(NOTE, Map.of("text", "boom"));
            throw new AssertionError("not failed");
        } catch (Failure failure) {
            assertThat(count("shop.notes")).isZero();
        }
    }

    @Test
    void events_that_follow_from_each_other_without_end_are_refused_and_named() {
        Object id = create(NOTE, Map.of("text", "x")).get("id");

        Refusal circle = refusal(() -> update(NOTE, id, Map.of("text", "y")));

        assertThat(circle.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(circle.getMessage()).contains("shop.records.note.again, shop.records.note.again");
        assertThat(notes()).containsExactly("x");
    }

    @Test
    void what_runs_by_itself_is_kept_with_the_change_and_done_once() {
        Object id = item("Pot", 7).get("id");
        call(ITEM, new Input.DeleteRecord((Long) id, OptionalInt.empty()));
        assertThat(notes()).isEmpty();

        round();

        assertThat(notes()).containsExactlyInAnyOrder("created " + id + " by ana", "gone Pot");
        round();
        assertThat(notes()).hasSize(2);
    }

    @Test
    void a_change_that_does_not_happen_leaves_nothing_to_be_done() {
        refusal(() -> call(ITEM, new Input.CreateRecords(List.of(
                Map.of("name", "good", "stock", 1), Map.of("name", "bad", "stock", 1)))));

        assertThat(count("appos.record_event")).isZero();
    }

    @Test
    void another_apps_rule_hears_only_in_the_name_of_who_may_use_it() {
        call(ITEM, new Input.CreateRecords(List.of(Map.of("name", "a", "stock", 5))));
        house.call("eve", ITEM, new Input.CreateRecords(List.of(Map.of("name", "b", "stock", 5))), Origin.NONE);

        round();

        assertThat(values("select item from watch.seens")).containsExactly("2");
        assertThat(count("appos.record_event where dead and principal = 'ana' and event = 'watch.rules.seen'"))
                .isEqualTo(1);
    }

    @Test
    void what_fails_by_itself_is_tried_again_and_then_waits_for_a_person() {
        Object id = create(NOTE, Map.of("text", "x")).get("id");
        call(NOTE, new Input.DeleteRecord((Long) id, OptionalInt.empty()));

        for (int i = 1; i <= EventRunner.MOST_ATTEMPTS; i++) {
            assertThat(round()).as("try " + i).isEqualTo(1);
            assertThat(round()).isZero();
            house.world.clock.forward(Duration.ofDays(1));
        }

        assertThat(round()).isZero();
        assertThat(count("appos.record_event where dead and attempts = " + EventRunner.MOST_ATTEMPTS)).isEqualTo(1);
    }

    @Test
    void two_servers_do_everything_once_between_them() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            item("n" + i, 9);
        }
        EventRunner other = runner();
        Thread beside = Thread.ofVirtual().start(() -> {
            try {
                other.round(house.dispatcher);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        round();
        beside.join();
        round();
        other.close();

        assertThat(notes()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void work_cut_off_in_the_middle_is_done_again_and_nothing_of_the_first_time_remains() {
        Object id = item("Pot", 7).get("id");
        cut("on shop.notes");
        try {
            round();
            assertThat(notes()).isEmpty();
        } finally {
            house.world.database.write(sql -> sql.execute("drop function shop.cut cascade"));
        }
        house.world.clock.forward(Duration.ofHours(1));

        round();

        assertThat(notes()).containsExactly("created " + id + " by ana");
    }

    @Test
    void the_control_work_whose_row_was_removed_before_it_is_lost_when_it_is_cut_off() {
        item("Pot", 7);
        house.world.database.write(sql -> sql.execute("delete from appos.record_event"));
        house.world.clock.forward(Duration.ofHours(1));

        round();

        assertThat(notes()).isEmpty();
    }

    /// The connection dies as it would when the server is killed.
    private static void cut(String table) {
        house.world.database.write(sql -> {
            sql.execute("create function shop.cut() returns trigger language plpgsql as"
                    + " $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$");
            return sql.execute("create trigger cut after insert " + table
                    + " for each row execute function shop.cut()");
        });
    }
}
