package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.registry.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes by another name keeps its rows.
final class RenameTest {

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_renamed_field_keeps_its_values_its_rules_and_its_history() {
        shop.house.with(Demo.snapshot(Shop.box(F.text("name", 10).required().unique().notBlank(),
                F.of("size", ValueType.INTEGER).range(1, 9))));
        shop.house.create(Shop.BOX, Map.of("name", "a", "size", 5));
        Object gone = shop.house.create(Shop.BOX, Map.of("name", "b", "size", 6)).get("id");
        shop.house.call(Shop.BOX, new Input.DeleteRecord((Long) gone, OptionalInt.empty()));
        RecordDefinition next = Shop.box(
                Shop.renamed("name", F.text("title", 10).required().unique().notBlank()),
                Shop.renamed("size", F.of("width", ValueType.INTEGER).range(1, 9)));

        Plan plan = shop.apply(next);

        assertThat(plan.kept()).isEmpty();
        assertThat(plan.steps()).extracting(Step::what).contains(
                "shop.boxes.name is called title from now on", "boxes_name_key is called boxes_title_key");
        assertThat(plan.steps()).extracting(Step::sql).noneMatch(sql -> sql.contains("drop") || sql.contains("add "));
        assertThat(shop.text("select title || width from shop.boxes")).isEqualTo("a5");
        assertThat(shop.text("select string_agg(distinct field_name, ' ' order by field_name) from shop.box_audit_log"))
                .isEqualTo("_record title width");
        assertThat(shop.text("select string_agg(old_value::text, '') from shop.box_audit_log "
                + "where field_name = '_record'")).contains("\"title\"", "\"width\"").doesNotContain("name", "size");
        shop.house.registry.swap(Demo.snapshot(next));
        assertThat(shop.house.create(Shop.BOX, Map.of("title", "c"))).containsEntry("title", "c");
    }

    @Test
    void the_history_is_as_unchangeable_after_a_rename_as_before() {
        shop.apply(Shop.box(F.text("name", 10)));
        shop.apply(Shop.box(Shop.renamed("name", F.text("title", 10))));

        assertThat(shop.text("select tgenabled from pg_trigger where tgrelid = 'shop.box_audit_log'::regclass"))
                .isEqualTo("O");
    }

    @Test
    void a_renamed_record_keeps_its_rows_and_those_of_other_apps_that_refer_to_it() {
        Ref crate = new Ref("shop", "records", "crate");
        Ref box = Shop.BOX;
        RecordDefinition shelf = Demo.record("store", "shelf", false, F.to(box, "box", ReferentialAction.RESTRICT));
        shop.apply(Shop.box(F.text("name", 10).unique()), shelf);
        shop.insert("name", "'a'");
        shop.sql("insert into store.shelfs (box_id, created_by, updated_by) values (1, 'a', 'a')");

        Plan plan = shop.apply(
                Shop.renamed("box", Demo.record(
                        "shop", "crate", true, Shop.renamed("name", F.text("label", 12).unique()))),
                Demo.record("store", "shelf", false, F.to(crate, "box", ReferentialAction.RESTRICT)));

        assertThat(plan.kept()).isEmpty();
        assertThat(shop.text("select label from shop.crates c join store.shelfs s on s.box_id = c.id")).isEqualTo("a");
        assertThat(shop.text("select pg_get_serial_sequence('shop.crates', 'id')")).isEqualTo("shop.crates_id_seq");
        assertThat(shop.text("select count(*) from shop.crate_audit_log")).isEqualTo("0");
        assertThat(shop.text("select string_agg(conname, ' ' order by conname) from pg_constraint where contype <> 'n' "
                + "and conrelid in ('shop.crates'::regclass, 'shop.crate_audit_log'::regclass)"))
                .isEqualTo("crate_audit_log_id_pkey crates_id_pkey crates_label_key");
        assertThat(shop.text("select tgname from pg_trigger where tgrelid = 'shop.crate_audit_log'::regclass"))
                .isEqualTo("crate_audit_log_rows_keeper");
    }

    @Test
    void a_field_that_went_while_another_of_its_type_came_is_asked_about_and_not_guessed() {
        shop.apply(Shop.box(F.text("name", 10), F.of("size", ValueType.INTEGER)));
        shop.insert("name", "'a'");

        Plan refused = shop.apply(Shop.box(F.text("title", 20), F.of("size", ValueType.INTEGER)));
        Plan other = shop.schema.plan(shop.house.database,
                Demo.snapshot(Shop.box(F.of("size", ValueType.INTEGER), F.of("at", ValueType.INSTANT))));

        assertThat(refused.problems()).singleElement().extracting(Problem::message, Problem::remedy).containsExactly(
                "shop.boxes.name is no longer declared and title is new, of the same type: is it the same field?",
                "If it is, write @RenamedFrom(\"name\") on title. If not, take name away first and add title then, "
                        + "or have what is stored in it dropped: appos migrate --drop.");
        assertThat(shop.text("select name from shop.boxes")).isEqualTo("a");
        assertThat(other.refused()).as("another type is no riddle").isFalse();
    }

    @Test
    void a_record_that_went_while_another_with_its_fields_came_is_asked_about() {
        shop.apply(Shop.box(F.text("name", 10)));

        Plan refused = shop.apply(Demo.record("shop", "crate", true, F.text("name", 10)));

        assertThat(refused.problems()).singleElement().extracting(Problem::message).isEqualTo(
                "shop.boxes is no longer declared and shop.crates is new, with the same fields: "
                        + "is it the same record?");
    }

    @Test
    void a_rename_that_was_done_long_ago_changes_nothing() {
        RecordDefinition now = Shop.box(Shop.renamed("name", F.text("title", 10)));
        shop.apply(now);

        assertThat(shop.apply(now).steps()).isEmpty();
        assertThat(shop.apply(Shop.box(F.text("title", 10))).steps()).isEmpty();
    }

    @Test
    void two_fields_can_swap_their_way_through_a_new_name_and_keep_their_rules_while_they_change() {
        shop.apply(Shop.box(F.text("a", 10), F.of("n", ValueType.INTEGER).range(1, 9)));
        shop.insert("a, n", "'x', 3");

        Plan plan = shop.apply(Shop.box(
                Shop.renamed("a", F.text("b", 20).required()),
                Shop.renamed("n", F.of("m", ValueType.LONG).range(1, 5))));

        assertThat(plan.refused()).isFalse();
        assertThat(shop.text("select b || m from shop.boxes")).isEqualTo("x3");
        assertThat(List.of(plan.steps().getFirst().risk())).containsExactly(Risk.LOCKING);
    }

    @Test
    void links_follow_when_either_of_their_records_is_renamed() {
        Ref tag = new Ref("shop", "records", "tag");
        RecordDefinition tags = Demo.record("shop", "tag", false, F.text("word", 10));
        shop.apply(linked(Shop.box(F.text("name", 10)), "boxes_tags", "box_id", tag, "tag_id"), tags);
        shop.insert("name", "'a'");
        shop.sql("insert into shop.tags (word, created_by, updated_by) values ('t', 'a', 'a')");
        shop.sql("insert into shop.boxes_tags values (1, 1)");

        Ref mark = new Ref("shop", "records", "mark");
        Plan plan = shop.apply(
                Shop.renamed("box", linked(
                        Demo.record("shop", "crate", true, F.text("name", 10)), "crates_tags", "crate_id", mark,
                        "mark_id")),
                Shop.renamed("tag", Demo.record("shop", "mark", false, F.text("word", 10))));

        assertThat(plan.kept()).isEmpty();
        assertThat(shop.text("select crate_id || ' ' || mark_id from shop.crates_tags")).isEqualTo("1 1");
    }

    private static RecordDefinition linked(
            RecordDefinition record, String table, String here, Ref other, String there) {
        return record.withRelations(List.of(new Relation(
                "tags", "tags", Relation.Kind.MANY_TO_MANY, other, here,
                Optional.of(new Relation.Links("shop", table, there, true, ReferentialAction.CASCADE)))));
    }
}
