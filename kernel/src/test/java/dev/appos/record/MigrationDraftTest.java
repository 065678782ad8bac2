package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.registry.Snapshot;
import dev.appos.store.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A change that is written down before it runs.
final class MigrationDraftTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private static Snapshot box(F... fields) {
        return Demo.snapshot(new RecordDefinition[] {Demo.record("shop", "box", false, fields)});
    }

    @Test
    void a_change_is_written_read_and_then_run_as_it_was_written() throws IOException {
        Snapshot first = box(F.of("name", ValueType.TEXT));
        Snapshot second = box(F.of("name", ValueType.TEXT), F.of("shelf", ValueType.INTEGER));
        house.schema.apply(house.database, first);

        Map<Path, String> shown = house.schema.draft(house.database, second, "shop", false);
        assertThat(shown.keySet()).noneMatch(Files::exists);
        Map<Path, String> written = house.schema.draft(house.database, second, "shop", true);

        assertThat(written).isEqualTo(shown);
        for (Map.Entry<Path, String> file : written.entrySet()) {
            assertThat(file.getKey().getFileName().toString()).startsWith("V2__add_");
            assertThat(Files.readString(file.getKey())).isEqualTo(file.getValue()).contains("-- SAFE: add");
        }
        assertThat(house.schema.plan(house.database, second).upToDate()).as("nothing has run yet").isFalse();
        assertThatThrownBy(() -> house.schema.draft(house.database, second, "shop", true))
                .isInstanceOf(Refusal.class).hasMessageContaining("has not run yet");
        assertThat(house.schema.apply(house.database, second).steps()).as("the file did it").isEmpty();
        assertThat(house.schema.plan(house.database, second).upToDate()).isTrue();
        assertThat(house.schema.draft(house.database, second, "shop", true)).isEmpty();
    }

    @Test
    void an_empty_file_takes_the_next_number_and_runs_with_what_its_author_wrote() throws IOException {
        Snapshot boxes = box(F.of("name", ValueType.TEXT));
        house.schema.apply(house.database, boxes);

        Path file = house.schema.blank("shop", "fill Names; x/../y");
        assertThat(file.getFileName().toString()).isEqualTo("V2__fill_names_x_y.sql");
        Files.writeString(file, Files.readString(file)
                + "insert into shop.boxes (created_by, updated_by, name) values ('a', 'a', 'b');\n");
        new AppSchema(new Migrations(house.database), house.folder.resolve("migrations")).apply(house.database, boxes);

        long rows = house.database.read(sql ->
                sql.fetchSingle("select count(*) from shop.boxes").get(0, Long.class));
        assertThat(rows).isEqualTo(1);
    }
}
