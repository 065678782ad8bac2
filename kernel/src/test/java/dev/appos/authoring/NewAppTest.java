package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.config.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first files of an app.
class NewAppTest {

    @TempDir
    private Path folder;

    @Test
    void a_new_app_compiles_has_every_folder_and_no_warning() {
        NewApp.write(folder, "desk", "The \"desk\": ours");

        assertThat(new AppCompiler().compile(folder)).isInstanceOfSatisfying(Compilation.Success.class, success ->
                assertThat(success.snapshot().app("desk").orElseThrow().title()).isEqualTo("The \"desk\": ours"));
        assertThat(SettingsCheck.of(folder, Environment.PROD)).isEmpty();
        assertThat(SourceTree.FOLDERS).allMatch(shelf -> Files.isDirectory(folder.resolve("desk").resolve(shelf)));
    }

    @Test
    void nothing_is_overwritten() {
        NewApp.write(folder, "desk", "Desk");

        assertThatThrownBy(() -> NewApp.write(folder, "desk", "Desk"))
                .isInstanceOf(Refusal.class).hasMessageContaining("is there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Desk", "my-desk", "../x", "class", "admin", "a/b"})
    void a_name_that_no_app_can_have_is_refused_and_nothing_is_written(String name) {
        assertThatThrownBy(() -> NewApp.write(folder, name, "x")).isInstanceOf(Refusal.class);
        assertThat(folder).isEmptyDirectory();
    }
}
