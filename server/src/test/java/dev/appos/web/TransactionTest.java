package dev.appos.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several calls as one, and keys that make a call one however often it is sent.
class TransactionTest {

    private static final String ITEM = "shop.records.item";

    @TempDir
    private static Path home;

    private static Shop shop;
    private static String writer;
    private static String reader;

    @BeforeAll
    static void open() {
        shop = new Shop(home);
        writer = shop.key("wanda", "basic", List.of("writers"), Optional.empty());
        reader = shop.key("rudi", "basic", List.of("readers"), Optional.empty());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static HttpResponse<String> send(String key, Object body, String... headers) {
        List<String> all = new ArrayList<>(List.of("X-API-Key", key));
        all.addAll(List.of(headers));
        return shop.send("POST", "/api/v1/transactions", Json.write(body), all.toArray(String[]::new));
    }

    private static Map<String, Object> operations(Object... operations) {
        return Map.of("operations", List.of(operations));
    }

    private static Map<String, Object> create(String name) {
        return Map.of("name", "made", "object", ITEM, "action", "create", "values", Map.of("name", name));
    }

    private static Map<?, ?> body(HttpResponse<String> answer) {
        return (Map<?, ?>) Json.read(answer.body());
    }

    private static List<?> results(HttpResponse<String> answer) {
        return (List<?>) body(answer).get("results");
    }

    private static List<?> places(HttpResponse<String> answer) {
        return ((List<?>) body(answer).get("errors")).stream().map(error -> ((Map<?, ?>) error).get("path")).toList();
    }

    private static int items(String name) {
        HttpResponse<String> found = shop.send(
                "GET", "/api/shop/v1/items?name=eq." + name, "", "X-API-Key", reader);
        return ((List<?>) Json.read(found.body())).size();
    }

    @Test
    void later_operations_go_on_with_what_earlier_ones_answered() {
        HttpResponse<String> answer = send(writer, operations(
                create("Ref"),
                Map.of("object", ITEM, "action", "update", "id", Map.of("$ref", "made.id"),
                        "version", Map.of("$ref", "made.version"), "values", Map.of("name", "Ref2")),
                Map.of("name", "double", "object", "shop.rules.twice", "action", "run",
                        "values", Map.of("number", Map.of("$ref", "made.id"))),
                Map.of("object", ITEM, "action", "create", "values", List.of(
                        Map.of("name", Map.of("$ref", "made.name")), Map.of("name", "Other")))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(results(answer)).extracting("status").containsExactly(201, 200, 200, 201);
        long id = ((Number) ((Map<?, ?>) ((Map<?, ?>) results(answer).getFirst()).get("answer")).get("id")).longValue();
        assertThat(((Map<?, ?>) results(answer).get(2)).get("answer")).isEqualTo((int) (2 * id));
        assertThat(items("Ref2")).isEqualTo(1);
        assertThat(items("Ref")).isEqualTo(1);
    }

    @Test
    void one_that_is_refused_undoes_all_and_is_named_by_its_place() {
        HttpResponse<String> invalid = send(writer, operations(
                create("Gone"), Map.of("object", ITEM, "action", "create", "values", Map.of("name", " "))));
        HttpResponse<String> missing = send(writer, operations(
                create("Gone"), Map.of("object", ITEM, "action", "delete", "id", 99_999)));
        HttpResponse<String> stale = send(writer, operations(
                create("Gone"), Map.of("object", ITEM, "action", "update", "id", Map.of("$ref", "made.id"),
                        "version", 9, "values", Map.of("name", "x"))));

        assertThat(invalid.statusCode()).isEqualTo(422);
        assertThat(places(invalid)).isEqualTo(List.of("/operations/1/values/name"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(places(missing)).isEqualTo(List.of("/operations/1"));
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(items("Gone")).isZero();
    }

    @Test
    void each_is_decided_as_if_it_came_alone() {
        Map<String, Object> desk = Map.of(
                "object", "office.records.desk", "action", "create", "values", Map.of("name", "D"));
        HttpResponse<String> hidden = send(writer, operations(create("Mine"), desk));
        HttpResponse<String> forbidden = send(reader, operations(create("Mine")));
        HttpResponse<String> seen = send(reader, operations(
                Map.of("object", ITEM, "action", "get", "id", shop.item())));
        HttpResponse<String> platform = send(writer, operations(Map.of(
                "object", "platform.rules.create_user", "action", "run", "values", Map.of())));

        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        assertThat(platform.statusCode()).isEqualTo(422);
        assertThat(items("Mine")).isZero();
    }

    @Test
    void without_atomic_what_is_good_is_kept_and_the_rest_says_why() {
        HttpResponse<String> answer = send(writer, Map.of("atomic", false, "operations", List.of(
                create("Kept"),
                Map.of("name", "bad", "object", ITEM, "action", "create", "values", Map.of("name", "")),
                Map.of("object", ITEM, "action", "delete", "id", Map.of("$ref", "bad.id")),
                Map.of("object", ITEM, "action", "create", "values", Map.of("name", "Kept")))));

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(results(answer)).extracting("status").containsExactly(201, 422, 422, 201);
        assertThat(items("Kept")).isEqualTo(2);
    }

    @Test
    void rows_sent_one_by_one_are_kept_as_far_as_they_are_good() {
        HttpResponse<String> answer = shop.send(
                "POST", "/api/shop/v1/items", "[{\"name\":\"Row\"},{\"nmae\":\"Row\"},{\"name\":\"Row\"}]",
                "X-API-Key", writer, "Prefer", "atomic=false");
        List<?> rows = (List<?>) Json.read(answer.body());
        Object id = ((Map<?, ?>) rows.getFirst()).get("id");
        HttpResponse<String> changed = shop.send(
                "PATCH", "/api/shop/v1/items",
                "[{\"id\":" + id + ",\"version\":1,\"name\":\"Row2\"},{\"id\":99999,\"name\":\"Row2\"}]",
                "X-API-Key", writer, "Prefer", "atomic=false");

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(rows).extracting("status").containsExactly(201, 422, 201);
        assertThat((List<?>) Json.read(changed.body())).extracting("status").containsExactly(200, 404);
        assertThat(items("Row")).isEqualTo(1);
        assertThat(items("Row2")).isEqualTo(1);
    }

    @Test
    void on_trial_everything_is_answered_and_nothing_kept() {
        HttpResponse<String> answer = send(writer, operations(create("Trial")), "Prefer", "tx=rollback");
        HttpResponse<String> alone = shop.send(
                "POST", "/api/shop/v1/items", "{\"name\":\"Trial\"}",
                "X-API-Key", writer, "Prefer", "tx=rollback,return=representation");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(alone.body()).contains("Trial");
        assertThat(items("Trial")).isZero();
    }

    @Test
    void what_is_no_transaction_is_refused_by_its_place() {
        Map<String, Object> good = create("None");
        assertThat(places(send(writer, operations(good, good)))).isEqualTo(List.of("/operations/1/name"));
        assertThat(places(send(writer, operations(Map.of("object", ITEM, "action", "created")))))
                .isEqualTo(List.of("/operations/0/action"));
        assertThat(places(send(writer, operations(Map.of("object", ITEM, "action", "get", "id", 1, "where", 1)))))
                .isEqualTo(List.of("/operations/0/where"));
        assertThat(places(send(writer, operations(Map.of("object", ITEM, "action", "create",
                "values", Map.of("name", Map.of("$ref", "later.name")))))))
                .isEqualTo(List.of("/operations/0/values/name"));
        assertThat(send(writer, Map.of("operations", List.of())).statusCode()).isEqualTo(422);
        assertThat(send(writer, Map.of("operations", Collections.nCopies(1001, good))).statusCode())
                .isEqualTo(422);
        assertThat(items("None")).isZero();
    }

    @Test
    void the_same_key_is_one_transaction_however_often_and_from_how_many_sides_it_is_sent() throws Exception {
        Map<String, Object> body = operations(create("Once"), create2("Once"));
        List<Future<HttpResponse<String>>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                sent.add(threads.submit(() -> send(writer, body, "Idempotency-Key", "tx-1")));
            }
        }
        String first = sent.getFirst().get().body();
        for (Future<HttpResponse<String>> one : sent) {
            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(Json.read(one.get().body())).isEqualTo(Json.read(first));
        }
        assertThat(items("Once")).isEqualTo(2);
        HttpResponse<String> other = send(writer, operations(create("Twice")), "Idempotency-Key", "tx-1");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(String.valueOf(body(other).get("remedy"))).isNotBlank();
        assertThat(items("Twice")).isZero();
        // Another caller's key is another key.
        assertThat(send(reader, operations(Map.of("object", ITEM, "action", "get", "id", shop.item())),
                        "Idempotency-Key", "tx-1").statusCode())
                .isEqualTo(200);
    }

    private static Map<String, Object> create2(String name) {
        return Map.of("object", ITEM, "action", "create", "values", Map.of("name", name));
    }
}
