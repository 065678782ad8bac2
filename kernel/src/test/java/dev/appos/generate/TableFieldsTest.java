package dev.appos.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A table that others made says what fields a record of its rows would have.
class TableFieldsTest {

    private static final Ref ORDER = Ref.of("desk.records.order_slip");

    @Test
    void every_column_becomes_the_field_that_holds_it() {
        try (Database database = TestPostgres.database()) {
            List<FieldDefinition> fields = database.write(sql -> {
                sql.execute("create schema legacy");
                sql.execute("create type legacy.state as enum ('OPEN', 'DONE')");
                sql.execute("create domain legacy.code as varchar(12)");
                sql.execute("create table legacy.notes (id bigint primary key)");
                sql.execute("""
                        create table legacy.orders (
                            order_no bigint primary key, "Name" varchar(40) not null unique, note_id bigint
                            references legacy.notes, total numeric(12,2) not null, state legacy.state, code legacy.code,
                            at timestamptz, day date, takes interval, tags text[], data jsonb, price double precision,
                            small smallint, "class" text, created_at timestamptz)""");
                return TableFields.read(sql, ORDER, "legacy.orders", Set.of(Ref.of("desk.records.note")));
            });

            assertThat(fields.stream().map(f -> f.accessor() + " " + f.type() + " " + f.required() + " " + f.unique()))
                    .containsExactly("name TEXT true true", "note REFERENCE false false", "total DECIMAL true false",
                            "state CHOICE false false", "code TEXT false false", "at INSTANT false false",
                            "day DATE false false", "takes DURATION false false", "tags LIST false false",
                            "data MAP false false", "price DECIMAL false false", "small INTEGER false false",
                            "classValue TEXT false false");
            assertThat(fields.getFirst().limits().maxLength()).hasValue(40);
            assertThat(fields.get(4).limits().maxLength()).hasValue(12);
            assertThat(fields.get(2).limits().digits().orElseThrow().integer()).isEqualTo(10);
            for (String wrong : List.of("legacy.none", "nowhere.orders", "x; drop table legacy.orders", "legacy.state",
                    "", "a.b.c.d", "\"")) {
                assertThatThrownBy(() -> database.read(sql -> TableFields.read(sql, ORDER, wrong, Set.of())))
                        .as(wrong).isInstanceOf(Refusal.class);
            }
        }
    }
}
