package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies of processes that are wrong in one way each, at the line that says `here`, and bodies that are right. They
/// stand in `determinism.txt`, with their helpers after `--`.
class DeterminismTest {

    private static final String MARK = "// here";

    @Test
    void every_wrong_body_is_found_at_its_line_and_no_right_one_is_blamed(@TempDir Path folder) throws IOException {
        Apps apps = Apps.small(folder, new AppCompiler());
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        for (String block : Files.readString(
                Path.of("src", "test", "resources", "dev", "appos", "authoring", "determinism.txt")).split("=== ")) {
            if (block.isBlank()) {
                continue;
            }
            String[] parts = block.split("\n", 2);
            String path = "crm/processes/Body" + names.size() + ".java";
            String text = text("body" + names.size(), parts[1]);
            apps.write(path, text);
            names.put(path, parts[0]);
            expected.put(parts[0], places(text));
        }

        Map<String, String> found = apps.problems().stream().collect(Collectors.groupingBy(
                problem -> names.getOrDefault(problem.file(), problem.toString()), TreeMap::new,
                Collectors.mapping(problem -> String.valueOf(problem.line()), Collectors.joining(","))));
        names.values().forEach(name -> found.putIfAbsent(name, ""));

        assertThat(found).isEqualTo(expected);
        assertThat(expected.keySet().stream().filter(name -> name.startsWith("wrong: "))).hasSizeGreaterThan(40);
        assertThat(expected.keySet().stream().filter(name -> name.startsWith("right: "))).hasSizeGreaterThan(20);
        assertThat(apps.problems()).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
    }

    private static String text(String name, String written) {
        String[] parts = written.split("(?m)^--\n", 2);
        return "@Process(use = \"crm_users\") void " + name + "(long id) throws Exception {\n" + parts[0] + "}\n"
                + (parts.length == 2 ? parts[1] : "");
    }

    /// The lines that are marked, as they are expected to be told.
    private static String places(String text) {
        List<String> places = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(MARK)) {
                places.add(String.valueOf(i + 1));
            }
        }
        return String.join(",", places);
    }
}
