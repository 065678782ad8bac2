package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.appos.config.AppKeys;
import dev.appos.config.Environment;
import dev.appos.config.Finding;
import dev.appos.object.AppDefinition;
import dev.appos.object.RecordDefinition;
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

        AppDefinition crm = apps.snapshot().app("crm").orElseThrow();
        assertThat(crm).usingRecursiveComparison().ignoringFields("settings").isEqualTo(new AppDefinition(
                "crm", "Crm", "", List.of(), Set.of(), Set.of(), Optional.empty()));
        assertThat(crm.settings()).hasSize(AppKeys.TABLE.keys().size())
                .containsEntry("title", "Crm").containsEntry("features.audit", false);
    }

    @Test
    void a_colour_becomes_the_hue_and_chroma_that_the_console_takes() {
        assertThat(read("theme: {primary_color: \"#3B82F6\"}").theme()).hasValueSatisfying(theme -> {
            assertThat(theme.hue()).isCloseTo(259.8, within(0.2));
            assertThat(theme.chroma()).isCloseTo(0.188, within(0.001));
        });
        assertThat(read("theme: {primary_color: \"#3B82F6\", hue: 10}").theme())
                .contains(new AppDefinition.Theme(10, 0.1));
        assertThat(read("theme: {primary_color: \"#808080\"}").theme().orElseThrow().chroma()).isZero();
    }

    @Test
    void features_audit_keeps_the_changes_of_every_record() {
        Apps apps = Apps.empty(folder).write("crm/app.yaml", "groups: [a]\nfeatures: {audit: true}")
                .write("crm/records/R.java", "@Record(view = \"a\", create = \"a\", update = \"a\", delete = \"a\")"
                        + " record Thing(String name) {}");

        assertThat(apps.snapshot().ofKind(RecordDefinition.class)).singleElement().matches(RecordDefinition::audit);
    }

    @Test
    void every_key_of_the_upstream_documents_is_taken_and_what_does_nothing_is_warned_of() {
        String yaml = """
                app:
                  name: crm
                  display_name: Customers
                  short_name: crm
                  version: 1.0
                  description: x
                  groups: [a]
                  db_connected_system: main
                  security: {defaults: {logic: {view: [a], use: [a]}, ui: {view: [a]}}}
                  theme: {primary_color: "#3B82F6", secondary_color: "#1E40AF", accent_color: "#DBEAFE",
                    font_family: Inter, border_radius: 8px}
                  environment: dev
                  features: {audit: false, soft_delete: true, document_versioning: true}
                  logging: {process_logging: true, audit_logging: true, event_logging: false}
                """;
        Apps apps = Apps.empty(folder).write("crm/app.yaml", yaml);

        assertThat(apps.snapshot().app("crm").orElseThrow().title()).isEqualTo("Customers");
        assertThat(SettingsCheck.of(folder, Environment.DEV)).allMatch(Finding::warning)
                .extracting(Finding::message)
                .anyMatch(message -> message.equals("display_name is another name of title"))
                .anyMatch(message -> message.startsWith("features.soft_delete has no effect: a removed record"))
                .anyMatch(message -> message.startsWith("db_connected_system has no effect"))
                .noneMatch(message -> message.contains("process_logging"))
                .hasSize(10);
    }

    @Test
    void a_value_may_differ_by_environment() {
        Apps.empty(folder).write("crm/app.yaml", "title: {prod: Live, default: Trial}");

        assertThat(title(Environment.DEV)).isEqualTo("Trial");
        assertThat(title(Environment.PROD)).isEqualTo("Live");
    }

    private String title(Environment environment) {
        Compilation compilation = new AppCompiler(environment).compile(folder);
        return ((Compilation.Success) compilation).snapshot().app("crm").orElseThrow().title();
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
                Arguments.of("theme: {hue: 400}", "crm/app.yaml:1:14 theme.hue lies between 0 and 360 | "
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
                        .isEqualTo("Use rules, or one of records, constants, processes, interfaces, pages, folders."));
    }

    @Test
    void a_source_outside_the_folders_is_a_fault_and_hidden_files_are_not() {
        Apps apps = Apps.empty(folder).write("crm/R.java", "").write("crm/.git/x/Y.java", "?")
                .write("crm/rules/.#R.java", "?").write("README.md", "").write("crm/README.md", "");

        assertThat(apps.problems()).singleElement()
                .satisfies(p -> assertThat(p.message()).isEqualTo("R.java stands outside the folders of an app"));
    }
}
