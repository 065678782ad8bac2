package dev.appos.boot;

import static dev.appos.boot.Vault.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.trace.Redaction;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running platform leaves behind of its calls, as those see it who operate it.
class TracesTest {

    private static final String PASSWORD = "a long enough secret";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private static Path home;

    private static Vault vault;
    private static String key;

    /// A span as the collector got it.
    private record Span(String trace, String id, String parent, String name, String all) {}

    @BeforeAll
    static void run() throws IOException {
        vault = new Vault(home, Redaction.ON, PASSWORD);
        HttpResponse<String> login = vault.send("POST", "/api/auth/login",
                "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}");
        key = field("api_key", vault.send("POST", "/api/admin/users/admin/api-keys", "{\"name\":\"t\"}",
                "Cookie", login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0],
                "X-CSRF-Token", field("csrf_token", login.body())).body());
    }

    @AfterAll
    static void stop() {
        vault.close();
    }

    @Test
    void a_collector_sees_a_rule_and_the_record_it_calls_as_one_trace_with_that_of_the_sender() {
        HttpResponse<String> answer = vault.send("POST", "/api/vault/v1/rpc/keep", "{\"text\":\"span\"}",
                "X-API-Key", key, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(answer.statusCode()).isEqualTo(200);
        await(() -> spans().stream().filter(span -> span.trace().equals(TRACE)).count() >= 2);

        List<Span> spans = spans().stream().filter(span -> span.trace().equals(TRACE)).toList();
        Span rule = spans.stream().filter(span -> span.name().equals("vault.rules.keep run")).findFirst().orElseThrow();
        Span record = spans.stream()
                .filter(span -> span.name().equals("vault.records.note create")).findFirst().orElseThrow();
        assertThat(rule.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(record.parent()).isEqualTo(rule.id());
        assertThat(rule.all()).contains("appos.execution_id", "exec_", "appos.object_ref", "vault.rules.keep",
                "appos.action", "appos.principal_kind", "system_admin", "appos.outcome", "done");
    }

    @Test
    void numbers_of_objects_are_for_administrators_and_those_of_the_platform_for_everybody() {
        call("POST", "/api/vault/v1/rpc/count_of", "{\"text\":\"x\"}");
        call("POST", "/api/vault/v1/rpc/deny", "{\"text\":\"x\"}");
        String everybody = vault.send("GET", "/metrics", "").body();
        assertThat(everybody).contains("jvm_memory_used_bytes", "appos_log_dropped_total",
                "appos_database_connections_max").doesNotContain("vault");
        assertThat(call("GET", "/metrics", "")).contains("appos_calls_seconds_count", "vault.rules.count_of",
                "appos_call_errors_total", "appos_process_instances");
        assertThat(call("GET", "/api/admin/metrics?ref=vault.rules.deny&window=5m", ""))
                .contains("\"count\":1", "\"errors\":1", "\"error_rate\":1.0", "\"p95_ms\":");
    }

    @Test
    void the_numbers_of_an_object_stand_with_it_and_answer_what_is_slow() {
        call("POST", "/api/vault/v1/rpc/slow", "{\"text\":\"x\"}");
        String numbers = "\"count\":1,\"errors\":0,\"error_rate\":0.0,\"average_ms\":";
        assertThat(call("GET", "/api/admin/objects/vault.rules.slow", "")).contains("\"metrics\":{" + numbers);
        assertThat(call("POST", "/api/v1/ask", "{\"type\":\"performance_analysis\",\"ref\":\"vault.rules.slow\"}"))
                .contains("{\"ref\":\"vault.rules.slow\"," + numbers, "vault.rules.slow is the slowest object");
        assertThat(call("GET", "/api/admin/objects/vault.processes.thrown", "")).contains("\"metrics\":null");
    }

    @Test
    void the_execution_id_of_an_answer_leads_to_its_lines() {
        String failed = call("POST", "/api/vault/v1/rpc/deep", "{\"text\":\"x\"}");
        String address = "/api/admin/logs?execution_id=" + field("execution_id", failed);
        await(() -> call("GET", address, "").contains("call_failed"));
        assertThat(call("GET", address, "")).contains("IllegalArgumentException", "vault.rules.echo");
        assertThat(vault.send("GET", address, "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_rules_lines_say_what_it_used_and_how_many_statements_ran() {
        call("POST", "/api/vault/v1/rpc/keep", "{\"text\":\"counted\"}");
        String measured = "/api/admin/logs?type=rule&category=performance&q=vault.rules.keep";
        await(() -> call("GET", measured, "").contains("\"query_count\":1"));
        await(() -> call("GET", "/api/admin/logs?type=rules&category=execution&q=vault.rules.keep", "")
                .contains("\"dependencies_accessed\":[\"vault.records.note.create\"]"));
        assertThat(call("GET", "/api/admin/logs?type=record&q=fields_changed", "")).contains("\"fields_changed\":[");
    }

    @Test
    void every_change_of_the_platform_leaves_a_row_that_is_soon_in_a_sound_chain() {
        call("POST", "/api/admin/groups", "{\"name\":\"sales\",\"apps\":[\"vault\"]}");
        call("POST", "/api/admin/grants",
                "{\"group\":\"sales\",\"object_ref\":\"vault.records.note\",\"permissions\":[\"view\"]}");
        assertThat(call("GET", "/api/admin/audit?object_ref=platform.rules.add_grant", "")).contains(
                "\"principal\":\"admin\"",
                "\"subject\":{\"group\":\"sales\",\"object_ref\":\"vault.records.note\",\"permissions\":[\"view\"]}");
        await(() -> call("GET", "/api/admin/audit/verify", "").contains("\"unsealed\":0"));
        assertThat(call("GET", "/api/admin/audit/verify", "")).contains("\"sound\":true");
    }

    @Test
    void the_level_is_changed_while_it_runs_and_by_whom_is_in_the_audit() {
        assertThat(call("PUT", "/api/admin/logs/level", "{\"level\":\"debug\"}")).contains("debug");
        call("POST", "/api/vault/v1/rpc/count_of", "{\"text\":\"debugged\"}");
        await(() -> call("GET", "/api/admin/logs?q=dependency_accessed", "").contains("\"access\":\"read\""));
        call("PUT", "/api/admin/logs/level", "{\"level\":\"info\"}");
        assertThat(call("GET", "/api/admin/audit?object_ref=platform.rules.set_log_level", ""))
                .contains("\"subject\":{\"level\":\"debug\"}");
    }

    private static String call(String method, String address, String body) {
        return vault.send(method, address, body, "X-API-Key", key).body();
    }

    private static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /// Reads what the collector got: a message in a message in a message, as OTLP has it.
    private static List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (byte[] request : vault.spans) {
            for (byte[] resource : fields(request, 1)) {
                for (byte[] scope : fields(resource, 2)) {
                    for (byte[] span : fields(scope, 2)) {
                        spans.add(new Span(hex(span, 1), hex(span, 2), hex(span, 4),
                                new String(fields(span, 5).getFirst(), StandardCharsets.UTF_8),
                                new String(span, StandardCharsets.ISO_8859_1)));
                    }
                }
            }
        }
        return spans;
    }

    private static String hex(byte[] message, int field) {
        List<byte[]> found = fields(message, field);
        return found.isEmpty() ? "" : HexFormat.of().formatHex(found.getFirst());
    }

    private static List<byte[]> fields(byte[] message, int wanted) {
        List<byte[]> found = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = number(in);
            switch ((int) (tag & 7)) {
                case 0 -> number(in);
                case 1 -> in.getLong();
                case 5 -> in.getInt();
                default -> {
                    byte[] value = new byte[(int) number(in)];
                    in.get(value);
                    if (tag >> 3 == wanted) {
                        found.add(value);
                    }
                }
            }
        }
        return found;
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
