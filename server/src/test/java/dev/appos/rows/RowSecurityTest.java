package dev.appos.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who may see which rows and fields: the same on every path, as a model that walks through all rows says.
class RowSecurityTest {

    private static final long SEED = 20261120;
    private static final int QUESTIONS_A_PATH = 400;
    private static final int CHANGES = 400;
    private static final List<String> EVERYBODY = List.of("admin", "mona", "max", "rob", "sue", "ben", "rob", "ben");

    @TempDir
    private static Path home;

    private static Desk desk;
    private static DeskModel model;

    @BeforeAll
    static void open() {
        desk = new Desk(home);
        model = new DeskModel();
        fill(new Random(SEED));
        refresh();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static void fill(Random random) {
        List<String> people = List.of("rob", "sue", "ben", "mona", "zoe");
        add("region", 4, i -> row("name", "n%03d".formatted(i), "manager", i == 3 ? null : people.get(i)));
        add("person", 12, i -> row("name", "n%03d".formatted(i), "login", i % 4 == 3 ? null : people.get(i % 5),
                "region_id", i % 5 == 4 ? null : 1L + random.nextInt(4), "phone", "p" + i % 3));
        add("account", 36, i -> row("name", "n%03d".formatted(i),
                "country", i % 7 == 0 ? null : List.of("BR", "NO", "DE").get(random.nextInt(3)),
                "owner_id", i % 6 == 5 ? null : 1L + random.nextInt(12), "credit", new BigDecimal(random.nextInt(6)),
                "note", random.nextBoolean() ? "x" : null,
                "open", random.nextInt(3) == 0 ? null : random.nextBoolean()));
        for (long id = 2; id <= 36; id += 3) {
            desk.must("admin", "PATCH", "/api/desk/v1/accounts/" + id, Map.of("parent_id", 1 + random.nextInt(36)));
        }
        add("deal", 90, i -> row("title", "n%03d".formatted(i),
                "account_id", i % 11 == 0 ? null : 1L + random.nextInt(36), "amount", new BigDecimal(random.nextInt(6)),
                "stage", i % 9 == 0 ? null : List.of("OPEN", "WON", "SECRET").get(random.nextInt(3)),
                "rate", new BigDecimal(random.nextInt(3))));
    }

    private static void add(String record, int count, IntFunction<Map<String, Object>> made) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(made.apply(i));
        }
        desk.must("admin", "POST", "/api/desk/v1/" + DeskModel.plural(record), rows);
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    /// Takes the rows as the administrator sees them, which is all of them.
    private static void refresh() {
        model.rows.clear();
        for (String record : DeskModel.COLUMNS.keySet()) {
            model.rows.put(record, stored(record));
        }
    }

    private static TreeMap<Long, Map<String, Object>> stored(String record) {
        TreeMap<Long, Map<String, Object>> rows = new TreeMap<>();
        List<?> all = (List<?>) desk.must("admin", "GET", "/api/desk/v1/" + DeskModel.plural(record), null);
        for (Object each : all) {
            Map<String, Object> row = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> row.put((String) key, value));
            rows.put(((Number) row.get("id")).longValue(), row);
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void every_path_answers_what_the_model_says(DeskQuestions.Path path) {
        DeskQuestions questions = new DeskQuestions(desk, model, new Random(SEED + path.ordinal()));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < QUESTIONS_A_PATH; i++) {
            String user = questions.any(EVERYBODY);
            String difference = questions.ask(path, user, user);
            if (difference != null) {
                differences.add(difference);
            }
        }
        assertThat(differences).as("of %d questions, seed %d", QUESTIONS_A_PATH, SEED).isEmpty();
        // Not by answering nothing.
        assertThat(questions.answered()).isGreaterThan(QUESTIONS_A_PATH / 30);
    }

    @Test
    void every_change_ends_as_the_model_says_and_leaves_what_it_says() {
        DeskChanges changes = new DeskChanges(desk, model, new Random(SEED));
        List<String> differences = new ArrayList<>();
        Random random = new Random(SEED);
        for (int i = 0; i < CHANGES; i++) {
            String difference = changes.make(EVERYBODY.get(random.nextInt(EVERYBODY.size())));
            if (difference != null) {
                differences.add(difference);
            }
        }
        assertThat(differences).as("of %d changes, seed %d", CHANGES, SEED).isEmpty();
        for (String record : List.of("account", "deal")) {
            assertThat(plain(record, stored(record))).isEqualTo(plain(record, model.rows.get(record)));
        }
    }

    private static List<Object> plain(String record, TreeMap<Long, Map<String, Object>> rows) {
        return rows.values().stream()
                .map(row -> (Object) model.only("admin", record, row, DeskModel.COLUMNS.get(record))).toList();
    }

    /// The control: a path that is asked with the rights of the administrator is one whose protection was taken out.
    @ParameterizedTest
    @EnumSource
    void a_path_without_its_protection_is_found(DeskQuestions.Path path) {
        DeskQuestions questions = new DeskQuestions(desk, model, new Random(SEED + path.ordinal()));
        int found = 0;
        for (int i = 0; i < 60; i++) {
            found += questions.ask(path, questions.any(List.of("rob", "ben")), "admin") == null ? 0 : 1;
        }
        assertThat(found).isPositive();
    }
}
