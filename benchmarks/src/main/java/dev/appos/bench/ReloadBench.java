package dev.appos.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// From saving one file to its being live: a rule's body is changed and asked for until it answers the new way.
final class ReloadBench {

    private static final int SAVES = 25;
    private static final long LIMIT_MS = 20_000;

    private ReloadBench() {}

    static void run() throws Exception {
        try (Workshop workshop = new Workshop()) {
            String key = workshop.prepare();
            Path rule = workshop.home().resolve("apps/crm/rules/Saved.java");
            save(rule, -1);
            List<String> run = List.of("run", "--home", workshop.home().toString(), "--port", "0");
            try (Child appos = Child.start("dev.appos.Main", run, Map.of());
                    HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest ask = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + appos.port() + "/api/crm/v1/rpc/saved"))
                        .header("X-API-Key", key)
                        .POST(BodyPublishers.ofString("{}"))
                        .build();
                until(client, ask, -1);
                List<Long> millis = new ArrayList<>();
                for (int number = 0; number < SAVES; number++) {
                    long begin = System.nanoTime();
                    save(rule, number);
                    until(client, ask, number);
                    millis.add((System.nanoTime() - begin) / 1_000_000);
                }
                List<Long> sorted = millis.stream().sorted().toList();
                System.out.printf("%nSave of one file to live, %d saves: "
                        + "first %d ms, min %d ms, median %d ms, max %d ms (limit 500 ms)%n",
                        SAVES, millis.getFirst(), sorted.getFirst(), sorted.get(SAVES / 2), sorted.getLast());
            }
        }
    }

    private static void save(Path rule, int number) throws IOException {
        Files.writeString(rule, """
                @ExpressionRule(use = "crm_users")
                long saved() { return %d; }
                """.formatted(number));
    }

    private static void until(HttpClient client, HttpRequest ask, int number) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT_MS * 1_000_000;
        while (System.nanoTime() < end) {
            if (client.send(ask, BodyHandlers.ofString()).body().equals(String.valueOf(number))) {
                return;
            }
        }
        throw new IOException("the saved file was not live within " + LIMIT_MS + " ms");
    }
}
