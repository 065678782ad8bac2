package dev.appos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running server takes up of changed files and of what administrators say.
class LiveSettingsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final Database database = new Database(TestPostgres.settings());

    @AfterEach
    void close() {
        database.close();
    }

    private LiveSettings settings() {
        return new LiveSettings(new SettingsReader(folder, Optional.empty(), Map.of()));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("appos.yaml"), yaml);
    }

    private void override(LiveSettings settings, String key, String value) {
        database.write(sql -> {
            settings.override(sql, key, new AdminValue(value, "root"), NOW);
            return true;
        });
        settings.look(database);
    }

    @Test
    void a_saved_file_acts_at_once_where_a_key_does_and_is_told_where_it_waits_for_a_start() throws IOException {
        write("server: {port: 1}\nui: {default_pagination: 10}");
        LiveSettings settings = settings();
        assertThat(settings.look(database)).isFalse();

        write("server: {port: 2}\nui: {default_pagination: 20}");

        assertThat(settings.look(database)).isTrue();
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(20);
        assertThat(settings.current().number("server.port")).isEqualTo(1);
        assertThat(settings.described("server.port"))
                .containsEntry("value", 1L).containsEntry("after_restart", 2L);
    }

    @Test
    void a_file_with_a_fault_changes_nothing_and_a_mended_one_is_taken() throws IOException {
        write("ui: {default_pagination: 10}");
        LiveSettings settings = settings();

        write("ui: {default_pagination: 20, colour: blue}");
        settings.look(database);
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(10);
        assertThat(settings.findings()).extracting(Finding::headline)
                .containsExactly("appos.yaml:1:30: there is no key ui.colour");
        override(settings, "ui.default_pagination", "40");
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(40);
        assertThat(settings.findings()).hasSize(1);
        database.write(sql -> sql.execute("delete from appos.platform_config"));
        settings.look(database);
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(10);

        write("ui: {default_pagination: 30}");
        settings.look(database);
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(30);
        assertThat(settings.findings()).isEmpty();
    }

    @Test
    void a_file_that_goes_or_grows_beyond_measure_does_not_end_the_looking() throws IOException {
        write("ui: {default_pagination: 10}");
        LiveSettings settings = settings();

        write("x".repeat(2_000_000));
        assertThat(settings.look(database)).isTrue();
        assertThat(settings.look(database)).isFalse();
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(10);
        write("ui: {default_pagination: 10}");
        assertThat(settings.look(database)).isTrue();
        assertThat(settings.findings()).isEmpty();

        Files.delete(folder.resolve("appos.yaml"));
        settings.look(database);
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(25);
    }

    @Test
    void a_file_that_an_editor_has_emptied_for_a_moment_is_not_taken_for_one_that_says_nothing() throws IOException {
        write("ui: {default_pagination: 10}");
        LiveSettings settings = settings();

        write("");
        assertThat(settings.look(database)).isFalse();
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(10);
        assertThat(settings.look(database)).isTrue();
        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(25);
    }

    @Test
    void what_an_administrator_says_holds_on_every_server_until_it_is_taken_back() throws IOException {
        write("ui: {default_pagination: 10}");
        LiveSettings here = settings();
        LiveSettings there = settings();

        override(here, "ui.default_pagination", "40");
        assertThat(here.described("ui.default_pagination"))
                .containsEntry("value", 40L).containsEntry("origin", "override").containsEntry("where", "root");
        there.look(database);
        assertThat(there.current().number("ui.default_pagination")).isEqualTo(40);

        database.write(sql -> {
            here.reset(sql, "ui.default_pagination");
            return true;
        });
        here.look(database);
        assertThat(here.current().number("ui.default_pagination")).isEqualTo(10);
        assertThat(here.current().get("ui.default_pagination").origin()).isEqualTo(Origin.FILE);
    }

    @Test
    void only_keys_that_act_at_once_can_be_said_and_only_what_fits() {
        LiveSettings settings = settings();

        assertThatThrownBy(() -> override(settings, "server.port", "1"))
                .isInstanceOf(Refusal.class).hasMessageContaining("cannot be changed while the server runs");
        assertThatThrownBy(() -> override(settings, "ui.default_pagination", "1000"))
                .isInstanceOf(Refusal.class).hasMessageContaining("lies between 1 and 200");
        assertThatThrownBy(() -> override(settings, "ui.default_paginatio", "10"))
                .isInstanceOf(Refusal.class)
                .extracting(refusal -> ((Refusal) refusal).remedy())
                .isEqualTo("Did you mean ui.default_pagination?");
        assertThatThrownBy(() -> database.write(sql -> {
            settings.reset(sql, "ui.default_pagination");
            return true;
        })).isInstanceOf(Refusal.class).hasMessageContaining("There is no override");
    }

    @Test
    void an_override_that_no_longer_fits_is_left_aside_and_told() {
        LiveSettings settings = settings();
        database.write(sql -> sql.execute(
                "insert into appos.platform_config values ('ui.default_pagination', 'x', now(), 'root')"));

        settings.look(database);

        assertThat(settings.current().number("ui.default_pagination")).isEqualTo(25);
        assertThat(settings.findings()).singleElement().matches(Finding::warning);
    }
}
