package dev.appos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the app of the tutorial and does with it what the tutorial says.
class TutorialTest {

    private static final String PASSWORD = "a long enough secret";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path home;

    private static Platform platform;
    private static int port;
    private static String key;

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        DocsTest.write(Document.at("docs/tutorial/first-app.md").blocks(), home);
        platform = new Platform(Settings.of(home).withPort(0), Clock.systemUTC());
        platform.bootstrap(Optional.of(PASSWORD));
        port = platform.serve();
        HttpResponse<String> login = send(request("/api/auth/login")
                .POST(body("{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}")));
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        key = field("api_key", send(request("/api/admin/users/admin/api-keys")
                        .header("Cookie", cookie)
                        .header("X-CSRF-Token", field("csrf_token", login.body()))
                        .POST(body("{\"name\":\"laptop\"}")))
                .body());
        call("POST", "/api/shop/v1/items", """
                [{"name":"Teapot","price":24.50,"stock":3},{"name":"Cup","price":6.00,"stock":40}]""");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void the_calls_of_the_tutorial_answer_what_it_says() throws IOException, InterruptedException {
        assertThat(call("GET", "/api/shop/v1/items?name=eq.Cup&select=name,stock", "").body())
                .isEqualTo("[{\"name\":\"Cup\",\"stock\":40}]");
        assertThat(call("GET", "/api/shop/v1/items?stok=lt.10", "").body()).contains("Did you mean stock?");
        HttpResponse<String> agent = call("POST", "/api/v1/agents", """
                {"name":"stockkeeper","skills":["shop.records.item.list","shop.rules.receive"],
                 "budget":{"amount":100,"unit":"calls","per":"day"}}""");
        HttpResponse<String> tools = send(request("/mcp").header("X-API-Key", field("api_key", agent.body()))
                .POST(body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")));
        assertThat(Pattern.compile("\"name\":\"(shop_\\w+)\"").matcher(tools.body()).results().map(m -> m.group(1)))
                .containsExactlyInAnyOrder("shop_records_item_list", "shop_rules_receive");
    }

    @Test
    void the_process_of_the_tutorial_waits_for_a_person_and_books_in() throws IOException, InterruptedException {
        String id = field("instance_id",
                call("POST", "/api/shop/v1/processes/restock", "{\"item_id\":1,\"pieces\":12}").body());
        String pending = eventually("/api/v1/approvals?status=pending", "Order 12 of Teapot");
        Matcher question =
                Pattern.compile("\"id\":\"([^\"]*)\",\"kind\":[^{}]*\"title\":\"Order 12 of").matcher(pending);
        assertThat(question.find()).isTrue();
        call("POST", "/api/v1/approvals/" + question.group(1), "{\"decision\":\"approve\"}");
        assertThat(eventually("/api/v1/processes/" + id, "\"completed\"")).contains("\"outputs\":15");
    }

    @Test
    void a_call_leaves_a_line_in_the_folder_of_its_kind() throws IOException, InterruptedException {
        call("POST", "/api/shop/v1/rpc/stock_value", "{}");
        call("POST", "/api/admin/users", "{\"username\":\"ana\",\"groups\":[\"shop_users\"]}");
        String ana = field("api_key", call("POST", "/api/admin/users/ana/api-keys", "{\"name\":\"t\"}").body());
        HttpResponse<String> refused = send(request("/api/shop/v1/items").header("X-API-Key", ana)
                .POST(body("{\"name\":\"Jug\",\"price\":1,\"stock\":1}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        call("POST", "/api/shop/v1/processes/restock", "{\"item_id\":2,\"pieces\":1}");

        awaitLog("rules/execution", "\"event\":\"rule_executed\"", "\"object_ref\":\"shop.rules.stock_value\"");
        awaitLog("records/execution", "\"event\":\"record_created\"", "\"user_id\":\"admin\"");
        awaitLog("records/security", "\"event\":\"security_denied\"", field("execution_id", refused.body()));
        awaitLog("processes/execution", "\"event\":\"process_started\"", "\"duration_ms\"");
        assertThat(home.resolve(".appos/logs/steps/security")).doesNotExist();
        assertThat(log("records/execution")).doesNotContain("Teapot");
    }

    @Test
    void csv_has_its_rows() throws IOException, InterruptedException {
        HttpResponse<String> csv = send(request("/api/shop/v1/items?select=name,price&name=eq.Cup")
                .header("X-API-Key", key).header("Accept", "text/csv").GET());
        assertThat(csv.body().lines()).containsExactly("name,price", "Cup,6.00");
    }

    @Test
    void a_key_is_revoked_at_its_address_and_not_at_that_of_another_user() throws IOException, InterruptedException {
        String made = call("POST", "/api/admin/users/admin/api-keys", "{\"name\":\"old\"}").body();
        call("POST", "/api/admin/users", "{\"username\":\"bob\"}");
        assertThat(call("DELETE", "/api/admin/users/bob/api-keys/" + field("id", made), "").statusCode())
                .isEqualTo(404);
        assertThat(call("DELETE", "/api/admin/users/admin/api-keys/" + field("id", made), "").statusCode())
                .isEqualTo(204);
        HttpResponse<String> dead = send(request("/api/auth/me").header("X-API-Key", field("api_key", made)).GET());
        assertThat(dead.statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> call(String method, String address, String body)
            throws IOException, InterruptedException {
        return send(request(address).header("X-API-Key", key).method(method, body(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private static String field(String name, String json) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertThat(matcher.find()).as(name + " in " + json).isTrue();
        return matcher.group(1);
    }

    private static String eventually(String address, String words) throws IOException, InterruptedException {
        Instant end = Clock.systemUTC().instant().plus(PATIENCE);
        String answer = call("GET", address, "").body();
        while (!answer.contains(words)) {
            assertThat(Clock.systemUTC().instant()).as(words + " in " + answer).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = call("GET", address, "").body();
        }
        return answer;
    }

    private static void awaitLog(String folder, String... words) throws IOException {
        Instant end = Clock.systemUTC().instant().plus(PATIENCE);
        while (log(folder).lines().noneMatch(line -> Stream.of(words).allMatch(line::contains))) {
            assertThat(Clock.systemUTC().instant()).as(List.of(words) + " in " + log(folder)).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static String log(String folder) throws IOException {
        Path path = home.resolve(".appos/logs").resolve(folder);
        if (!Files.isDirectory(path)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
