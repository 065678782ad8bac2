package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.registry.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every fault is told where the author made it, with what to do about it.
///
/// The cases stand in `faults.txt`: what is added to two good apps, and after `---` all that is told of it, as
/// `line:column message` and, indented, the remedy.
class FaultsTest {

    private static final AppCompiler COMPILER = new AppCompiler();

    record Case(String name, String path, String source, String told) {

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_fault_is_told_with_its_place_and_a_remedy(Case one, @TempDir Path folder) {
        List<Problem> problems = Apps.small(folder, COMPILER).write(one.path(), one.source()).problems();

        assertThat(problems.stream().map(p -> told(p, one.path())).collect(Collectors.joining("\n")))
                .isEqualTo(one.told());
    }

    @Test
    void faults_of_several_files_and_settings_are_told_at_once(@TempDir Path folder) {
        List<Problem> problems = Apps.small(folder, COMPILER)
                .write("crm/rules/Added.java", "@ExpressionRule long f() { return records.custmer.count(); }")
                .write("billing/records/Added.java", "@Record(view = \"x\") record Added(double a) {}")
                .write("billing/app.yaml", "groups: [billing_users]\ntitel: Billing\n")
                .write("crm/recods/Lost.java", "record Lost() {}")
                .problems();

        assertThat(problems).extracting(Problem::file).containsExactly("billing/app.yaml",
                "billing/records/Added.java", "billing/records/Added.java", "crm/recods", "crm/rules/Added.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Pattern(regexp = \"a+\") String", "@Size(max = \"x\") String", "@Default String"})
    void an_annotation_with_a_member_missing_or_wrong_is_a_fault_of_its_line(String field, @TempDir Path folder) {
        List<Problem> problems = Apps.small(folder, COMPILER)
                .write("crm/records/Added.java", "@Record(view = \"x\") record Added(" + field + " name) {}")
                .problems();

        assertThat(problems).isNotEmpty().allSatisfy(problem ->
                assertThat(problem.file() + ":" + problem.line()).isEqualTo("crm/records/Added.java:1"));
    }

    @Test
    void the_good_apps_have_no_fault(@TempDir Path folder) {
        assertThat(Apps.small(folder, COMPILER).problems()).isEmpty();
    }

    static Stream<Case> cases() throws IOException {
        Path file = Path.of("src", "test", "resources", "dev", "appos", "authoring", "faults.txt");
        return Stream.of(Files.readString(file).split("(?m)^=== ")).filter(block -> !block.isBlank()).map(block -> {
            String[] parts = block.split("(?m)^---$", 2);
            String[] lines = parts[0].split("\n", 2);
            String[] head = lines[0].split(" \\| ");
            return new Case(head[0], head[1], lines[1], parts[1].strip());
        });
    }

    private static String told(Problem problem, String path) {
        String file = problem.file().equals(path) ? "" : problem.file() + ":";
        return "%s%d:%d %s\n    %s".formatted(
                file, problem.line(), problem.column(), problem.message(), problem.remedy());
    }
}
