package dev.appos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps `docs/features.md` honest: every row once, every number true, every named test there.
class FeaturesTest {

    /// How many features the product is made towards. Rows are never added or taken away.
    private static final int ALL = 1021;

    private static final Pattern ROW =
            Pattern.compile("\\| ((?:APP|GOV|AOS)-[A-Z]+)-(\\d+) \\| (.+) \\| (met|part|open) \\| (.*)\\|");
    private static final Pattern STATE = Pattern.compile("\\| (met|part|open) \\| (\\d+) \\|.*");
    private static final Pattern AREA =
            Pattern.compile("\\| \\[([A-Z-]+)]\\(.*\\).* \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");
    private static final Pattern JAVA_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern OTHER_TEST = Pattern.compile("`([\\w.]+\\.test\\.\\w+)` \"([^\"]+)\"");

    private static final List<String> LINES = Document.at("docs/features.md").lines();

    @Test
    void every_row_is_there_once_in_its_order() {
        Map<String, Integer> last = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String line : LINES) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                assertThat(line).doesNotMatch("\\| (APP|GOV|AOS)-.*");
                continue;
            }
            rows++;
            int number = Integer.parseInt(row.group(2));
            if (number != last.getOrDefault(row.group(1), 0) + 1) {
                wrong.add(line);
            }
            last.put(row.group(1), number);
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).isEqualTo(ALL);
    }

    @Test
    void the_numbers_at_the_top_are_those_of_the_rows() {
        Map<String, Integer> counted = new TreeMap<>();
        Map<String, Integer> written = new TreeMap<>();
        for (String line : LINES) {
            Matcher row = ROW.matcher(line);
            Matcher state = STATE.matcher(line);
            Matcher area = AREA.matcher(line);
            if (row.matches()) {
                counted.merge(row.group(4), 1, Integer::sum);
                counted.merge(row.group(1) + " " + row.group(4), 1, Integer::sum);
            } else if (state.matches()) {
                written.put(state.group(1), Integer.valueOf(state.group(2)));
            } else if (area.matches()) {
                written.put(area.group(1) + " met", Integer.valueOf(area.group(2)));
                written.put(area.group(1) + " part", Integer.valueOf(area.group(3)));
                written.put(area.group(1) + " open", Integer.valueOf(area.group(4)));
            }
        }
        written.values().removeIf(number -> number == 0);
        assertThat(written).isEqualTo(counted);
    }

    @Test
    void what_is_met_or_in_part_says_by_what() {
        for (String line : LINES) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(row.group(3).split(" ")).as(line).hasSizeLessThanOrEqualTo(8);
                assertThat(row.group(4).equals("open") || !row.group(5).isBlank()).as(line).isTrue();
            }
        }
    }

    @Test
    void every_test_that_is_named_exists() {
        Map<String, String> sources = tests();
        List<String> missing = new ArrayList<>();
        String text = String.join("\n", LINES);
        Matcher java = JAVA_TEST.matcher(text.substring(text.indexOf("\n## ")));
        while (java.find()) {
            String source = sources.getOrDefault(java.group(1) + ".java", "");
            if (!Pattern.compile("\\b" + java.group(2) + "\\(").matcher(source).find()) {
                missing.add(java.group());
            }
        }
        Matcher other = OTHER_TEST.matcher(text.substring(text.indexOf("\n## ")));
        while (other.find()) {
            if (!sources.getOrDefault(other.group(1), "").replace("\\'", "'").contains(other.group(2))) {
                missing.add(other.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    /// The text of every test by the name of its file.
    private static Map<String, String> tests() {
        Map<String, String> tests = new HashMap<>();
        for (String folder : List.of("kernel/src/test", "server/src/test", "e2e/tests", "console/test")) {
            try (Stream<Path> files = Files.walk(Document.ROOT.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*(Test\\.java|\\.test\\.\\w+)"))
                        .forEach(file -> tests.put(file.getFileName().toString(), Document.text(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tests;
    }
}
