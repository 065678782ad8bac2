package dev.appos.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogSettings.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log promises: every entry one line, in its place, in time, and for as long as it is kept.
class LogTest {

    private static final Instant AT = Instant.parse("2026-11-20T23:59:59.123456Z");

    /// What people, programs and file names may hold to forge a line, to break a reader or to drive a terminal.
    private static final List<String> NASTY = List.of(
            "a\n{\"event\":\"forged\"}", "a\r\n{\"event\":\"forged\"}", "\u001b[31mred\u001b[0m", "\u009b31mred",
            "\",\"event\":\"forged\",\"x\":\"", "\\", "\\\"", "\u0000", "\u0001\u0008\u000c", "\u2028{\u2029}",
            "\ud800", "\udc00\ud800", "a\ud800b", "\ud83d\ude00", "\u202egnp.exe", "\u2066x\u2069", "\ufeff", "\uffff",
            "}\n{", "]]>", "<script>", "%0a%0d", "${jndi:ldap://x}", "' or 1=1 --", "é\u0301", "\t\u000b\u0085");

    @TempDir
    Path folder;

    @Test
    void log_lines_are_json_in_their_folder_whatever_they_hold() throws IOException {
        int events = 0;
        try (JsonLog log = new JsonLog(folder)) {
            for (String nasty : NASTY) {
                for (String field : List.of("user_id", "user_agent", "file", "group", nasty)) {
                    log.add(LogType.RULES, Category.SECURITY, Level.INFO, AT,
                            Map.of("event", "tried", field, nasty, "list", List.of(nasty), "map", Map.of("k", nasty)));
                    events++;
                }
            }
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("rules/security/2026-11-20.jsonl"));
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(events);
        assertThat(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
        for (String line : lines) {
            assertThat(Json.object(Json.read(line), "line"))
                    .containsEntry("timestamp", "2026-11-20T23:59:59.123Z")
                    .containsEntry("level", "INFO")
                    .containsEntry("event", "tried");
            assertThat(line.chars().filter(c -> c < 0x20 || c >= 0x7f && c <= 0x9f)).isEmpty();
        }
        assertThat(Json.object(Json.read(lines.getFirst()), "line")).containsEntry("user_id", NASTY.getFirst());
    }

    @Test
    void what_is_written_where_is_one_table_and_singular_names_are_known() {
        assertThat(LogType.STEPS.categories()).doesNotContain(Category.SECURITY);
        assertThat(LogType.CONSTANTS.categories()).doesNotContain(Category.PERFORMANCE);
        assertThat(List.of("rules", "rule", "expression_rule")).allMatch(word -> LogType.of(word) == LogType.RULES);
        assertThatThrownBy(() -> LogType.of("ruls")).isInstanceOf(Refusal.class).hasMessageContaining("rules?");
    }

    @Test
    void a_full_queue_drops_the_oldest_performance_entry_first_and_never_a_security_entry() {
        LogQueue queue = new LogQueue(3, 100);
        queue.add(entry(Category.PERFORMANCE, 1));
        queue.add(entry(Category.EXECUTION, 2));
        queue.add(entry(Category.PERFORMANCE, 3));
        queue.add(entry(Category.SECURITY, 4));
        assertThat(queue.add(entry(Category.EXECUTION, 5))).isFalse();
        assertThat(queue.add(entry(Category.EXECUTION, 6))).isFalse();
        assertThat(queue.add(entry(Category.EXECUTION, 7))).isFalse();
        List<LogEntry> left = new ArrayList<>();
        queue.drainTo(left, 0);

        assertThat(left.stream().map(entry -> entry.fields().get("n"))).containsExactly(4, 5, 6, 7);
        assertThat(queue.dropped(Category.PERFORMANCE)).isEqualTo(2);
        assertThat(queue.dropped(Category.EXECUTION)).isEqualTo(1);
        assertThat(queue.dropped(Category.SECURITY)).isZero();
    }

    @Test
    void security_entries_wait_for_room_and_all_arrive() throws IOException {
        LogSettings small = settings(LogSettings.DEFAULT.level(), 10, 0);
        try (JsonLog log = new JsonLog(folder, small, Redaction.ON)) {
            for (int i = 0; i < 5_000; i++) {
                log.add(LogType.RECORDS, Category.SECURITY, Level.WARNING, AT, Map.of("event", "security_denied"));
            }
            assertThat(log.dropped()).isZero();
        }
        assertThat(Files.readAllLines(folder.resolve("records/security/2026-11-20.jsonl"))).hasSize(5_000);
    }

    @Test
    void an_entry_is_in_its_file_within_a_second() {
        try (JsonLog log = new JsonLog(folder)) {
            log.system(Level.INFO, AT, "startup", Map.of());
            Path file = folder.resolve("system/execution/2026-11-20.jsonl");
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (Files.notExists(file) && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(file).exists();
        }
    }

    @Test
    void a_burst_as_large_as_the_queue_drops_nothing() throws IOException {
        int events = LogSettings.DEFAULT.queueMax();
        try (JsonLog log = new JsonLog(folder)) {
            for (int i = 0; i < events; i++) {
                Category category = i % 2 == 0 ? Category.EXECUTION : Category.PERFORMANCE;
                log.add(LogType.RULES, category, Level.INFO, AT, Map.of("event", "rule_executed", "n", i));
            }
            assertThat(log.dropped()).isZero();
        }
        assertThat(lines()).hasSize(events);
    }

    @Test
    void the_level_changes_while_it_runs_and_security_is_always_written() throws IOException {
        try (JsonLog log = new JsonLog(folder)) {
            assertThat(log.writes(Level.DEBUG)).isFalse();
            log.level(Level.ERROR);
            log.system(Level.INFO, AT, "unheard", Map.of());
            log.add(LogType.RULES, Category.SECURITY, Level.INFO, AT, Map.of("event", "heard"));
            log.level(Level.DEBUG);
            log.system(Level.DEBUG, AT, "heard", Map.of());
        }
        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("\"heard\""));
    }

    @Test
    void old_files_are_compressed_after_a_week_and_deleted_when_their_category_says_so() throws IOException {
        for (String file : List.of(
                "rules/execution/2026-11-20", "rules/execution/2026-11-13", "rules/execution/2026-11-12",
                "rules/execution/2026-08-22", "rules/execution/2026-08-21", "rules/performance/2026-10-20",
                "rules/security/2025-11-20", "rules/security/2025-11-19")) {
            Path path = folder.resolve(file + ".jsonl");
            Files.createDirectories(path.getParent());
            Files.writeString(path, "{\"event\":\"" + file + "\"}\n");
        }
        Files.writeString(folder.resolve("rules/execution/notes.txt"), "mine");
        LogFiles files = new LogFiles(folder, LogSettings.DEFAULT);

        assertThat(files.clean(LocalDate.parse("2026-11-20"))).isEqualTo(new LogFiles.Cleaned(3, 3));

        assertThat(files(folder)).containsExactlyInAnyOrder(
                "rules/execution/2026-11-20.jsonl", "rules/execution/2026-11-13.jsonl",
                "rules/execution/2026-11-12.jsonl.gz", "rules/execution/2026-08-22.jsonl.gz",
                "rules/execution/notes.txt", "rules/security/2025-11-20.jsonl.gz");
        try (InputStream in = new GZIPInputStream(
                Files.newInputStream(folder.resolve("rules/execution/2026-11-12.jsonl.gz")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("2026-11-12");
        }
        assertThat(files.clean(LocalDate.parse("2026-11-20"))).isEqualTo(new LogFiles.Cleaned(0, 0));
    }

    @Test
    void a_file_that_grew_too_large_is_put_aside_under_a_number() throws IOException {
        LogFiles files = new LogFiles(folder, settings(Level.INFO, 10, 10));
        Path file = folder.resolve("rules/execution/2026-11-20.jsonl");
        for (int i = 0; i < 3; i++) {
            files.append(file, ("{\"event\":\"number " + i + "\"}\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(files(folder)).containsExactlyInAnyOrder("rules/execution/2026-11-20.jsonl",
                "rules/execution/2026-11-20.1.jsonl", "rules/execution/2026-11-20.2.jsonl");
        assertThat(Files.readString(file)).contains("number 2");
    }

    @Test
    void what_looks_like_a_secret_is_masked_and_the_words_of_exceptions_are_left_out() {
        Exception echo = new IllegalStateException("card 4111", new IOException("Bearer abcdefgh12345"));
        Map<String, Object> fault = Redaction.ON.of(Faults.of(echo));
        assertThat(fault.toString()).doesNotContain("4111").doesNotContain("abcdefgh").contains("caused by java.io");
        assertThat(Redaction.off().of(Faults.of(echo)).toString()).contains("4111").contains("abcdefgh");
        for (String secret : List.of(
                "jdbc:postgresql://u:S3CRETVALUE@h/db", "Authorization: Bearer S3CRETVALUE", "password=S3CRETVALUE",
                "X-API-Key: S3CRETVALUE", "{\"token\":\"S3CRETVALUE\"}", "Cookie: appos_session=S3CRETVALUE",
                "appos_0123456789ab_" + "S3CRETVALUE".repeat(6).substring(0, 64))) {
            assertThat(Redaction.ON.text(secret)).as(secret).doesNotContain("S3CRETVALUE").contains("***");
        }
        assertThat(Redaction.ON.of(Map.of("password", "x", "db_password", "y", "api_key", "z", "author", "Ann")))
                .containsEntry("password", "***").containsEntry("db_password", "***")
                .containsEntry("api_key", "***").containsEntry("author", "Ann");
        assertThat(Redaction.ON.text("crm.records.customer: 3 rows, status=eq.ACTIVE"))
                .isEqualTo("crm.records.customer: 3 rows, status=eq.ACTIVE");
    }

    private static LogEntry entry(Category category, int number) {
        return new LogEntry(LogType.RULES, category, Level.INFO, AT, Map.of("n", number));
    }

    private static LogSettings settings(Level level, int queueMax, long fileMaxBytes) {
        return new LogSettings(level, queueMax, Duration.ofMillis(100), 50, fileMaxBytes, 7,
                new Retention(90, 30, 365), LocalTime.of(2, 0));
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : files(folder)) {
            lines.addAll(Files.readAllLines(folder.resolve(file)));
        }
        return lines;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).toList();
        }
    }
}
