package dev.appos.bench;

import dev.appos.base.Json;
import dev.appos.cache.TestRedis;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Two whole servers on one PostgreSQL, asked over HTTP: the first takes a grant away, the second is used without a
/// pause. How many uses were let in that were sent after the first had answered: without Redis, with it, and with one
/// that was frozen or killed under both.
final class NodesBench {

    private static final int ROUNDS = 1_000;
    private static final int POOL = 4;
    private static final int USES_AFTERWARDS = 5;
    private static final long BETWEEN_USES_MS = 2;
    private static final String PASSWORD = "a password for the benchmark";
    private static final String GRANT = """
            {"group": "guests", "object_ref": "crm.records.customer", "permissions": ["view"]}""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Child here;
    private final Child there;

    private NodesBench(Child here, Child there) {
        this.here = here;
        this.there = there;
    }

    /// @param arguments how many rounds of each kind, if not a thousand
    static void run(String[] arguments) throws Exception {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        with("without Redis", rounds, Map.of(), () -> {});
        try (TestRedis redis = new TestRedis()) {
            Map<String, String> known = Map.of("APPOS_REDIS_URL", "redis://127.0.0.1:" + redis.port());
            with("with Redis", rounds, known, () -> {});
            with("with Redis frozen", rounds, known, redis::freeze);
            redis.thaw();
            with("with Redis killed", rounds, known, redis::kill);
        }
    }

    /// What is done to Redis while the servers run.
    @FunctionalInterface
    private interface Harm {

        void done() throws Exception;
    }

    private static void with(String name, int rounds, Map<String, String> settings, Harm harm) throws Exception {
        Path data = Files.createTempDirectory("appos-nodes-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
                Workshop first = new Workshop();
                Workshop second = new Workshop()) {
            DatabaseSettings database = postgres.settings(POOL);
            Map<String, String> environment = new HashMap<>(settings);
            environment.put("APPOS_ADMIN_PASSWORD", PASSWORD);
            environment.put("APPOS_SECRET", "a secret that both of these servers know, long enough for anybody");
            environment.put("APPOS_DATABASE_URL", database.jdbcUrl());
            environment.put("APPOS_DATABASE_USER", database.user());
            environment.put("APPOS_DATABASE_PASSWORD", database.password());
            try (Child here = start(first, environment);
                    Child there = start(second, environment)) {
                harm.done();
                new NodesBench(here, there).rounds(name, rounds);
            }
        }
    }

    private static Child start(Workshop workshop, Map<String, String> environment) throws IOException {
        return Child.start(
                Child.PROGRAM, List.of("run", "--home", workshop.home().toString(), "--port", "0"), environment);
    }

    private void rounds(String name, int rounds) throws Exception {
        Map<String, String> root = Map.of("X-API-Key", administrator());
        send(here, "POST", "/api/admin/groups", "{\"name\": \"guests\", \"apps\": [\"crm\"]}", root);
        send(here, "POST", "/api/admin/users", """
                {"username": "ana", "email": "ana@example.test", "user_type": "basic", "groups": ["guests"]}""", root);
        Map<String, String> ana = Map.of("X-API-Key", key("ana", root));
        long before = 0;
        long after = 0;
        long revoking = 0;
        for (int round = 0; round < rounds; round++) {
            expect(201, send(here, "POST", "/api/admin/grants", GRANT, root));
            AtomicBoolean taken = new AtomicBoolean();
            CountDownLatch used = new CountDownLatch(1);
            CompletableFuture<int[]> uses = CompletableFuture.supplyAsync(() -> uses(ana, taken, used));
            used.await();
            long start = System.nanoTime();
            expect(204, send(here, "DELETE", "/api/admin/grants", GRANT, root));
            taken.set(true);
            revoking += System.nanoTime() - start;
            before += uses.join()[0];
            after += uses.join()[1];
        }
        System.out.printf(
                "%-20s rounds %,d, accepted before %,d, after acknowledged %d, a revoke took %d ms on average%n",
                name, rounds, before, after, revoking / rounds / 1_000_000);
    }

    /// Uses that were let in: those sent before the change was answered, and those after.
    private int[] uses(Map<String, String> ana, AtomicBoolean taken, CountDownLatch used) {
        int[] accepted = new int[2];
        try {
            for (int late = 0; late < USES_AFTERWARDS; Thread.sleep(BETWEEN_USES_MS)) {
                boolean afterwards = taken.get();
                int status = send(there, "GET", "/api/crm/v1/customers?limit=1", "", ana).statusCode();
                late += afterwards ? 1 : 0;
                accepted[afterwards ? 1 : 0] += status == 200 ? 1 : 0;
                used.countDown();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return accepted;
    }

    private String administrator() throws Exception {
        HttpResponse<String> login = send(here, "POST", "/api/auth/login", """
                {"username": "admin", "password": "%s"}""".formatted(PASSWORD), Map.of());
        return key("admin", Map.of(
                "Cookie", login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0],
                "X-CSRF-Token", String.valueOf(Json.object(Json.read(login.body()), "the login").get("csrf_token"))));
    }

    private String key(String user, Map<String, String> headers) throws Exception {
        HttpResponse<String> made = send(
                here, "POST", "/api/admin/users/" + user + "/api-keys", "{\"name\": \"bench\"}", headers);
        expect(201, made);
        return String.valueOf(Json.object(Json.read(made.body()), "the key").get("api_key"));
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> send(
            Child server, String method, String path, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
