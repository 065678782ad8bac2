package dev.appos.boot;

import static dev.appos.boot.Vault.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.trace.Redaction;
import dev.appos.trace.TestRedaction;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants secrets in every way in, over success, refusal, fault and timeout, and looks for them in everything the
/// platform leaves behind: logs, audit, answers that failed, numbers, spans; as they are and in four encodings.
class SecretsTest {

    private static final String ADMIN = "Qz7adminsecret0/+ü\"&9";

    @TempDir
    Path home;

    private final Map<String, String> planted = new LinkedHashMap<>();
    private final Map<String, String> answers = new TreeMap<>();
    private Vault vault;
    private String key = "";

    @Test
    void none_of_the_planted_secrets_is_found() throws IOException {
        Map<String, String> found = plantAndLook(Redaction.ON);
        assertThat(planted).hasSizeGreaterThanOrEqualTo(40);
        assertThat(found).isEmpty();
    }

    @Test
    void with_nothing_masked_some_are_found() throws IOException {
        assertThat(plantAndLook(TestRedaction.off())).hasSizeGreaterThanOrEqualTo(5);
    }

    private Map<String, String> plantAndLook(Redaction redaction) throws IOException {
        vault = new Vault(home, redaction, ADMIN);
        String traces;
        try {
            enter();
            callRecords();
            callRules();
            callProcesses();
            callTools();
            administer();
            badRequests();
            databasePassword();
            traces = numbers() + rows();
        } finally {
            vault.close();
        }
        Map<String, String> places = new LinkedHashMap<>();
        places.put("log", logs());
        places.put("audit and numbers", traces);
        places.put("spans", text(vault.spans));
        answers.forEach((what, body) -> places.put("answer to " + what, body));
        Map<String, String> found = new TreeMap<>();
        planted.forEach((what, secret) -> places.forEach((place, text) -> {
            if (encodings(secret).stream().anyMatch(text::contains)) {
                found.merge(what, place, (a, b) -> a + ", " + b);
            }
        }));
        return found;
    }

    /// A new secret that is found in no other place by chance.
    private String secret(String way) {
        String secret = "Zq" + String.format("%02d", planted.size()) + "w"
                + Integer.toString(Math.abs(way.hashCode()), 36) + "xKv";
        planted.put(way, secret);
        return secret;
    }

    /// Sends it. Answers that refuse credentials and answers that failed must not repeat what was sent; others are for
    /// whoever sent it.
    private HttpResponse<String> send(String what, String method, String address, String body, String... headers) {
        HttpResponse<String> answer = vault.send(method, address, body, headers);
        if (answer.statusCode() >= 500 || answer.statusCode() == 401 || answer.statusCode() == 403) {
            answers.put(what, answer.body());
        }
        return answer;
    }

    private HttpResponse<String> call(String what, String method, String address, String body) {
        return send(what, method, address, body, "X-API-Key", key);
    }

    private void enter() {
        planted.put("admin's password", "Qz7adminsecret0");
        String login = "{\"username\":\"admin\",\"password\":\"" + ADMIN.replace("\"", "\\\"") + "\"}";
        HttpResponse<String> in = send("login", "POST", "/api/auth/login", login);
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        String csrf = field("csrf_token", in.body());
        planted.put("session cookie", cookie.substring(cookie.indexOf('=') + 1));
        planted.put("csrf token", csrf);
        key = field("api_key", send("key", "POST", "/api/admin/users/admin/api-keys", "{\"name\":\"t\"}",
                "Cookie", cookie, "X-CSRF-Token", csrf).body());
        planted.put("API key", key.substring(key.length() - 40));
        planted.put("bearer token", field("token", call("token", "POST", "/api/auth/token", "{}").body()));
        send("bearer", "GET", "/api/auth/me", "", "Authorization", "Bearer " + planted.get("bearer token"));
        for (String body : List.of(
                "{\"username\":\"admin\",\"password\":\"" + secret("wrong password") + "\"}",
                "{\"username\":\"nobody\",\"password\":\"" + secret("password of nobody") + "\"}",
                "{\"username\":\"admin\",\"password\":[\"" + secret("password in a list") + "\"]}",
                "{\"username\":\"admin\",\"password\":\"" + secret("password in broken JSON"))) {
            send("wrong login", "POST", "/api/auth/login", body);
        }
        send("wrong key", "GET", "/api/auth/me", "", "X-API-Key", secret("wrong API key"));
        send("forged key", "GET", "/api/auth/me", "", "X-API-Key",
                "appos_0123456789ab_" + (secret("forged API key") + "x".repeat(64)).substring(0, 64));
        send("wrong bearer", "GET", "/api/auth/me", "", "Authorization", "Bearer " + secret("wrong bearer"));
        send("basic", "GET", "/api/auth/me", "", "Authorization", "Basic " + Base64.getEncoder()
                .encodeToString(("u:" + secret("basic password")).getBytes(StandardCharsets.UTF_8)));
        send("wrong cookie", "GET", "/api/auth/me", "", "Cookie", "appos_session=" + secret("wrong cookie"));
        send("wrong csrf", "POST", "/api/admin/groups", "{\"name\":\"g\"}",
                "Cookie", cookie, "X-CSRF-Token", secret("wrong csrf token"));
        send("referer", "GET", "/api/auth/me", "", "Referer", "http://u:" + secret("referer") + "@127.0.0.1/",
                "X-API-Key", key);
        send("trace", "GET", "/api/auth/me", "", "traceparent", "00-" + secret("trace parent"), "X-API-Key", key);
    }

    private void callRecords() {
        String notes = "/api/vault/v1/notes";
        call("create", "POST", notes, note(secret("record"), "a"));
        call("create", "POST", notes, note(secret("record too long").repeat(20), "b"));
        call("create", "POST", notes, "{\"" + secret("unknown field") + "\":1}");
        String code = secret("taken value");
        call("create", "POST", notes, note("x", code));
        call("create", "POST", notes, note("x", code));
        call("update", "PATCH", notes + "/1", note(secret("changed record"), "c"));
        call("filter", "GET", notes + "?text=eq." + secret("filter"), "");
        call("id", "GET", notes + "/" + secret("id in the path"), "");
        call("nul", "POST", notes, note(secret("with a NUL") + "\\u0000", "d"));
        send("keyed", "POST", notes, note("y", "e"), "X-API-Key", key, "Idempotency-Key", secret("key of a call"));
    }

    private void callRules() {
        for (String rule : List.of("keep", "count_of", "echo", "deep", "deny")) {
            call(rule, "POST", "/api/vault/v1/rpc/" + rule, text(secret("argument of " + rule)));
        }
        call("unknown", "POST", "/api/vault/v1/rpc/keep", "{\"" + secret("unknown argument") + "\":1}");
        call("nowhere", "POST", "/api/vault/v1/rpc/" + secret("unknown rule"), "{}");
        String twice = secret("echoed by the database");
        call("keep", "POST", "/api/vault/v1/rpc/keep", text(twice));
        call("keep", "POST", "/api/vault/v1/rpc/keep", text(twice));
    }

    private void callProcesses() {
        for (String process : List.of("safe", "broken", "thrown", "late")) {
            String started = call(process, "POST", "/api/vault/v1/processes/" + process,
                    text(secret("input of " + process))).body();
            String address = "/api/v1/processes/" + field("instance_id", started);
            for (int i = 0; i < 400 && !call("status", "GET", address, "").body()
                    .matches("(?s).*\"status\":\"(completed|failed|waiting)\".*"); i++) {
                LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
            }
        }
    }

    private void callTools() {
        for (String tool : List.of("vault_rules_keep", "vault_rules_echo", secret("unknown tool"))) {
            String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"";
            String arguments = text(secret("argument of tool " + tool.length()));
            send("tool", "POST", "/mcp", head + tool + "\",\"arguments\":" + arguments + "}}",
                    "X-API-Key", key, "Accept", "application/json, text/event-stream");
        }
        send("broken message", "POST", "/mcp", "{\"jsonrpc\":\"" + secret("broken message"), "X-API-Key", key);
    }

    private void administer() {
        String user = "{\"username\":\"ana\",\"groups\":[\"vault_users\"],\"password\":\"";
        call("user", "POST", "/api/admin/users", user + secret("password of a user") + "\"}");
        call("user", "POST", "/api/admin/users", user + secret("password of a second user") + "\"}");
        call("reset", "POST", "/api/admin/users/ana/password",
                "{\"password\":\"" + secret("password that was reset") + "\"}");
        call("change", "POST", "/api/auth/password",
                "{\"old\":\"" + secret("old password") + "\",\"new\":\"" + secret("new password") + "\"}");
        call("policy", "PUT", "/api/v1/policies/mine", "{\"rules\":[{\"name\":\"" + secret("policy") + "\"}]}");
        call("evaluate", "POST", "/api/v1/policies/evaluate",
                "{\"action\":\"shell\",\"params\":{\"command\":\"login --password " + secret("command") + "\"}}");
    }

    private void badRequests() {
        call("option", "GET", "/api/admin/users?token=" + secret("token in the query"), "");
        call("address", "GET", "/api/" + secret("unknown address") + "?password=" + secret("password in a query"), "");
        send("upload", "POST", "/api/vault/v1/notes", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
                + secret("upload") + "\r\n--x--", "X-API-Key", key, "Content-Type", "multipart/form-data; boundary=x");
        send("form", "POST", "/api/auth/login", "password=" + secret("form"), "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private void databasePassword() {
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:1/x?password=" + secret("password in database.url"), "u",
                secret("database.password"), 1);
        try (Database ignored = new Database(settings)) {
            throw new AssertionError("nothing listens there");
        } catch (Refusal refusal) {
            answers.put("a database that is away", refusal.getMessage() + refusal.remedy() + settings);
        }
    }

    private String numbers() {
        return call("metrics", "GET", "/metrics", "").body()
                + call("metrics", "GET", "/api/admin/metrics", "").body()
                + call("audit", "GET", "/api/admin/audit?limit=500", "").body();
    }

    private String rows() {
        return vault.platform().database().read(sql ->
                sql.fetch("select a::text from appos.audit a").toString()
                        + sql.fetch("select a::text from appos.audit_chain a")
                        + sql.fetch("select a::text from appos.login_audit a"));
    }

    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(vault.state.resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        assertThat(text).contains("call_failed").contains("step_failed").contains("process_body_failed");
        return text.toString();
    }

    private static String text(List<byte[]> spans) {
        StringBuilder text = new StringBuilder();
        spans.forEach(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
        assertThat(text).contains("vault.rules.echo");
        return text.toString();
    }

    private static List<String> encodings(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>(new TreeSet<>(List.of(
                secret, URLEncoder.encode(secret, StandardCharsets.UTF_8), HexFormat.of().formatHex(bytes))));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(
                    Arrays.copyOf(shifted, shifted.length - shifted.length % 3));
            forms.add(base64.substring(shift == 0 ? 0 : 4));
        }
        return forms;
    }

    private static String note(String text, String code) {
        return "{\"text\":\"" + text + "\",\"code\":\"" + code + "\"}";
    }

    private static String text(String value) {
        return "{\"text\":\"" + value + "\"}";
    }
}
