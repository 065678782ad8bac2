package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.appos.base.Refusal;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.store.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nothing that is stored is lost unless it was asked for, and then it can be put back.
final class DropTest {

    private static final RecordDefinition LESS = Shop.box(F.text("name", 10));

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private void fill() {
        shop.apply(Shop.box(F.text("name", 10), F.text("note", 99), F.of("price", ValueType.DECIMAL).digits(4, 2)),
                Demo.record("shop", "lid", false, F.text("colour", 10).required()));
        shop.insert("name, note, price", "'a', E'two\\nlines, \"quoted\" and \\\\N', 1.50");
        shop.insert("name, note, price", "'b', null, 2.25");
        shop.insert("name, note, price", "'c', '', null");
        shop.sql("insert into shop.lids (colour, created_by, updated_by) values ('red', 'a', 'a'), ('blue', 'a', 'a')");
    }

    private Path dump() {
        List<String> dumps = Shop.files(shop.dumps);
        assertThat(dumps).hasSize(1);
        return shop.dumps.resolve(dumps.getFirst());
    }

    @Test
    void what_is_no_longer_declared_is_dropped_only_when_asked_and_comes_back_as_it_was() {
        fill();
        shop.apply(LESS);
        assertThat(shop.text("select count(note) from shop.boxes")).isEqualTo("2");

        Plan plan = shop.apply(Undeclared.DROP, LESS);

        assertThat(plan.kept()).isEmpty();
        assertThat(plan.steps()).extracting(Step::risk, Step::what).containsExactly(
                tuple(Risk.DESTRUCTIVE, "drop shop.boxes.note"),
                tuple(Risk.DESTRUCTIVE, "drop shop.boxes.price"),
                tuple(Risk.DESTRUCTIVE, "drop shop.lids"));
        assertThat(shop.text("select string_agg(attname, ' ') from pg_attribute "
                + "where attrelid = 'shop.boxes'::regclass and attnum > 0 and not attisdropped"))
                .doesNotContain("note", "price");
        assertThat(shop.text("select to_regclass('shop.lids')::text")).isNull();

        Map<String, Long> restored = shop.schema.restore(shop.house.database, dump());

        assertThat(restored).containsExactly(
                Map.entry("shop.boxes.note", 2L), Map.entry("shop.boxes.price", 2L), Map.entry("shop.lids", 2L));
        assertThat(shop.text("select note from shop.boxes where name = 'a'"))
                .isEqualTo("two\nlines, \"quoted\" and \\N");
        assertThat(shop.text("select coalesce(note, 'null') || price from shop.boxes where name = 'b'"))
                .isEqualTo("null2.25");
        assertThat(shop.text("select note || coalesce(price::text, 'null') from shop.boxes where name = 'c'"))
                .isEqualTo("null");
        assertThat(shop.text("select string_agg(id || colour, ' ' order by id) from shop.lids"))
                .isEqualTo("1red 2blue");
        shop.apply(Shop.box(F.text("name", 10), F.text("note", 99)),
                Demo.record("shop", "lid", false, F.text("colour", 10).required()));
        shop.sql("insert into shop.lids (colour, created_by, updated_by) values ('new', 'a', 'a')");
        assertThat(shop.text("select max(id) from shop.lids")).isEqualTo("3");
    }

    @Test
    void a_restored_column_does_not_write_over_what_came_meanwhile() {
        fill();
        shop.apply(Undeclared.DROP, LESS);
        shop.apply(Shop.box(F.text("name", 10), F.text("note", 99)));
        shop.sql("update shop.boxes set note = 'newer' where name = 'a'");

        shop.schema.restore(shop.house.database, dump());

        assertThat(shop.text("select string_agg(note, '|' order by id) from shop.boxes")).isEqualTo("newer|");
    }

    @Test
    void a_dump_that_was_changed_is_refused_whole() throws IOException {
        fill();
        shop.apply(Undeclared.DROP, LESS);
        Path csv = dump().resolve("shop.lids.csv");
        Files.writeString(csv, Files.readString(csv).replace("red", "rad"));

        assertThatThrownBy(() -> shop.schema.restore(shop.house.database, dump()))
                .isInstanceOf(Refusal.class).hasMessageContaining("its checksum differs");
        assertThat(shop.text("select to_regclass('shop.lids')::text")).isNull();
        assertThat(shop.text("select count(*) from pg_attribute where attrelid = 'shop.boxes'::regclass "
                + "and attname = 'note' and not attisdropped")).as("nothing of it was restored").isEqualTo("0");
    }

    @Test
    void a_reviewed_file_that_drops_something_waits_on_every_database_until_it_is_asked_for() {
        fill();
        shop.apply(Undeclared.DROP, LESS);
        try (House other = new House()) {
            Path files = shop.house.folder.resolve("migrations");
            AppSchema plain = new AppSchema(new Migrations(other.database), files);
            assertThatThrownBy(() -> plain.apply(other.database, Demo.snapshot(LESS)))
                    .isInstanceOf(Refusal.class).hasMessageContaining("drops shop.boxes.note, and has not run here");
            assertThat(other.count("select count(*) from pg_namespace where nspname = 'shop'")).isZero();

            Path dumps = other.folder.resolve("dumps");
            AppSchema asked = new AppSchema(
                    new Migrations(other.database), files, new Dumps(dumps, Clock.systemUTC()));
            asked.apply(other.database, Demo.snapshot(LESS), Undeclared.DROP);

            assertThat(Shop.files(dumps)).hasSize(1);
            assertThat(plain.apply(other.database, Demo.snapshot(LESS)).upToDate()).isTrue();
        }
    }

    @Test
    void a_new_field_may_take_the_place_of_one_that_is_dropped() {
        fill();

        Plan plan = shop.apply(Undeclared.DROP, Shop.box(F.text("name", 10), F.text("remark", 99)));

        assertThat(plan.refused()).isFalse();
        assertThat(shop.text("select count(remark) from shop.boxes")).isEqualTo("0");
        assertThat(dump().resolve("shop.boxes.note.csv")).exists();
    }

    @Test
    void tables_an_administrator_made_are_not_dropped() {
        fill();
        shop.sql("create table shop.by_hand (id int)");

        shop.apply(Undeclared.DROP, LESS);

        assertThat(shop.text("select to_regclass('shop.by_hand')::text")).isEqualTo("shop.by_hand");
    }

    @Test
    void statements_that_lose_something_are_found_in_files_of_any_hand() {
        assertThat(Loss.of("""
                -- alter table a.b drop column c
                ALTER TABLE IF EXISTS shop."Box" DROP COLUMN IF EXISTS a, add x int,
                    drop column "b c";
                alter table only shop.lids drop constraint c, alter column drop_column drop not null;
                Drop Table if exists shop.x, "shop"."y" cascade;
                alter table shop.z drop column "v" /* computed */, add column "v" int;
                """)).extracting(Loss::title)
                .containsExactly("shop.Box.a", "shop.Box.b c", "shop.x", "shop.y");
    }
}
