package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.object.AppDefinition;
import dev.appos.registry.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an app's `app.yaml` may say, and what is told when it says something else.
class SettingsTest {

    @TempDir
    private Path folder;

    private AppDefinition read(String yaml) {
        return Apps.empty(folder).write("crm/app.yaml", yaml).snapshot().app("crm").orElseThrow();
    }

    private List<String> faults(String yaml) {
        return Apps.empty(folder).write("crm/app.yaml", yaml).problems().stream()
                .map(p -> p.file() + ":" + p.line() + ":" + p.column() + " " + p.message() + " | " + p.remedy())
                .toList();
    }

    @Test
    void every_key_has_a_default_and_so_has_the_file() {
        Apps apps = Apps.empty(folder).write("crm/rules/R.java", "@ExpressionRule long one() { return 1; }");

        assertThat(apps.snapshot().app("crm")).contains(new AppDefinition(
                "crm", "Crm", "", List.of(), Set.of(), Set.of(), Optional.empty()));
    }

    @Test
    void keys_stand_at_the_top_or_under_app() {
        String keys = """
                title: Customers
                groups: [a, b]
                theme: {hue: 205, chroma: 0.1}
                security:
                  defaults: {ui: [a]}
                """;

        assertThat(read("app:\n" + keys.indent(2))).isEqualTo(read(keys)).satisfies(app -> {
            assertThat(app.title()).isEqualTo("Customers");
            assertThat(app.groups()).containsExactly("a", "b");
            assertThat(app.ui()).containsExactly("a");
            assertThat(app.theme()).contains(new AppDefinition.Theme(205, 0.1));
        });
    }

    @Test
    void of_lists_by_permission_only_the_one_that_lets_in_counts() {
        AppDefinition app = read("""
                groups: [a, b]
                security:
                  defaults:
                    logic: {use: [a], view: [b]}
                    ui: {view: ["*"]}
                """);

        assertThat(app.logic()).containsExactly("a");
        assertThat(app.ui()).containsExactly("*");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("titel: x", "crm/app.yaml:1:1 there is no key titel | Did you mean title?"),
                Arguments.of("title: x\ntheme:\n  hue: 5\n  croma: 1",
                        "crm/app.yaml:4:3 there is no key theme.croma | Did you mean chroma?"),
                Arguments.of("app:\n  security:\n    default: {}",
                        "crm/app.yaml:3:5 there is no key security.default | Did you mean defaults?"),
                Arguments.of("theme: blue", "crm/app.yaml:1:8 theme must hold keys | Write key: value, one a line."),
                Arguments.of("theme:\n  hue: red", "crm/app.yaml:2:8 theme.hue must be a number | "
                        + "Write theme.hue: a number."),
                Arguments.of("theme: {hue: 400}", "crm/app.yaml:1:14 theme.hue lies between 0 and 360.0 | "
                        + "Write a number in between."),
                Arguments.of("features:\n  audit: 1", "crm/app.yaml:2:10 features.audit must be true or false | "
                        + "Write features.audit: true or false."),
                Arguments.of("groups: {a: b}", "crm/app.yaml:1:9 groups must be a list of groups | "
                        + "Write groups: [crm_users]."),
                Arguments.of("groups: [Crm-Users]", "crm/app.yaml:1:10 \"Crm-Users\" cannot name a group | "
                        + "Use lower-case letters, digits and _, such as crm_users."),
                Arguments.of("groups: [crm_users]\nsecurity:\n  defaults:\n    ui: [crm_user]",
                        "crm/app.yaml:4:10 no app.yaml declares the group crm_user | Did you mean crm_users?"),
                Arguments.of("groups: [a]\nsecurity:\n  defaults:\n    ui: {vew: [a]}",
                        "crm/app.yaml:4:10 vew is not a permission | Did you mean view?"),
                Arguments.of("short_name: customers", "crm/app.yaml:1:13 the folder is the short name of the app: crm "
                        + "| Write short_name: crm, or rename the folder."),
                Arguments.of("title: a\ntitle: b", "crm/app.yaml:2:1 the key title stands here twice | "
                        + "Take one of the two away."),
                Arguments.of("theme:\n  primary_color: blue", "crm/app.yaml:2:18 theme.primary_color is no colour | "
                        + "Write it like \"#3B82F6\", in quotes."));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_is_told_with_line_column_and_the_nearest_key(String yaml, String fault) {
        assertThat(faults(yaml)).containsExactly(fault);
    }

    @Test
    void what_is_not_yaml_is_told_with_its_line() {
        List<Problem> problems = Apps.empty(folder).write("crm/app.yaml", "title: a\n  groups: [b\n").problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().line()).isEqualTo(2);
        assertThat(problems.getFirst().message()).startsWith("this is not YAML: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-app", "Crm", "class", "1st", "platform", "api", "admin", "records", "java"})
    void a_folder_that_cannot_name_an_app_is_a_fault(String name) {
        assertThat(Apps.empty(folder).write(name + "/app.yaml", "title: x").problems())
                .singleElement().satisfies(p -> {
                    assertThat(p.file()).isEqualTo(name);
                    assertThat(p.message()).contains("cannot name an app");
                });
    }

    @Test
    void a_folder_that_no_app_has_is_a_fault_that_names_the_nearest_first() {
        assertThat(Apps.empty(folder).write("crm/rule/R.java", "").problems()).singleElement()
                .satisfies(p -> assertThat(p.remedy())
                        .isEqualTo("Use rules, or one of records, processes, interfaces, pages."));
    }

    @Test
    void a_source_outside_the_folders_is_a_fault_and_hidden_files_are_not() {
        Apps apps = Apps.empty(folder).write("crm/R.java", "").write("crm/.git/x/Y.java", "?")
                .write("crm/rules/.#R.java", "?").write("README.md", "").write("crm/README.md", "");

        assertThat(apps.problems()).singleElement()
                .satisfies(p -> assertThat(p.message()).isEqualTo("R.java stands outside the folders of an app"));
    }
}
