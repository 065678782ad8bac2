package dev.appos.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogSearch.Found;
import dev.appos.trace.LogSearch.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entries are found again, the newest first, over all files of all days, compressed or not.
class LogSearchTest {

    private static final Instant START = Instant.parse("2026-11-10T23:00:00Z");
    private static final Query ALL = query(Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private LogFiles files;

    /// Three thousand entries of three days, in pieces and partly compressed.
    @BeforeEach
    void fill() throws IOException {
        LogSettings settings = new LogSettings(Level.INFO, 10_000, Duration.ofMillis(10), 50, 40_000, 1,
                new LogSettings.Retention(90, 90, 90), LocalTime.MIDNIGHT);
        try (JsonLog log = new JsonLog(folder, settings, Redaction.ON)) {
            for (int i = 0; i < 3_000; i++) {
                // Three entries each with the same time.
                Instant at = START.plus(Duration.ofMinutes(i / 3));
                log.add(LogType.RULES, i % 3 == 2 ? Category.PERFORMANCE : Category.EXECUTION, Level.INFO, at,
                        Map.of("event", "rule_executed", "execution_id", "exec_" + i / 6, "n", i, "x", "y".repeat(80)));
            }
        }
        files = new LogFiles(folder, settings);
        files.clean(LocalDate.parse("2026-11-13"));
    }

    @Test
    void pages_tell_every_entry_once_and_the_newest_first() {
        List<Object> seen = new ArrayList<>();
        List<String> times = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Found page = LogSearch.page(files, ALL, 70, cursor);
            page.items().forEach(item -> {
                seen.add(item.get("n"));
                times.add((String) item.get("timestamp"));
            });
            cursor = Optional.ofNullable(page.next());
        } while (cursor.isPresent());

        assertThat(seen).hasSize(3_000).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void one_execution_id_is_the_trace_of_one_call_across_types_and_categories() {
        Query one = query(Optional.of("exec_17"), Optional.empty());
        List<Map<String, Object>> items = LogSearch.page(files, one, 100, Optional.empty()).items();
        assertThat(items).hasSize(6).allMatch(item -> item.get("execution_id").equals("exec_17"));
        assertThat(items.stream().map(item -> item.get("category"))).contains("execution", "performance");
    }

    @Test
    void text_type_category_and_time_narrow_it_down() {
        assertThat(LogSearch.page(files, query(Optional.empty(), Optional.of("\"N\":2999")), 10, Optional.empty())
                .items()).hasSize(1);
        Query late = new Query(Optional.of(LogType.RULES), Optional.of(Category.PERFORMANCE), Optional.empty(),
                Optional.empty(), Optional.of(START.plus(Duration.ofMinutes(990))));
        assertThat(LogSearch.page(files, late, 100, Optional.empty()).items()).hasSize(10);
        Query steps = new Query(Optional.of(LogType.STEPS), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        assertThat(LogSearch.page(files, steps, 100, Optional.empty()).items()).isEmpty();
    }

    @Test
    void a_cursor_that_is_none_is_refused() {
        assertThatThrownBy(() -> LogSearch.page(files, ALL, 10, Optional.of("../../etc")))
                .isInstanceOf(Refusal.class);
    }

    private static Query query(Optional<String> execution, Optional<String> text) {
        return new Query(Optional.empty(), Optional.empty(), execution, text, Optional.empty());
    }
}
