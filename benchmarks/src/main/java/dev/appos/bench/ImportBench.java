package dev.appos.bench;

import dev.appos.base.Json;
import dev.appos.boot.Platform;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/// What bringing in a file costs: tracks with three references each, by a plain COPY of the same file into a table with
/// the same columns, indexes and checks, by a fast import and by a checked one; and taking them out again. The heap is
/// what is in use at its highest, garbage and all: it must not grow with the file.
final class ImportBench {

    private static final String COLUMNS = "name,album_id,media_type_id,genre_id,composer,milliseconds,bytes,unit_price";
    private static final String TRACKS = "/api/billing/v1/tracks";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ImportBench() {}

    /// @param arguments the name of the measurement, and how many rows
    static void run(String[] arguments) throws Exception {
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1].replace("_", "")) : 1_000_000;
        try (Workshop workshop = new Workshop()) {
            workshop.prepare();
            String key = workshop.administrator();
            Path file = file(workshop.home().resolve("tracks.csv"), rows);
            System.out.printf("%,d rows, %,d bytes%n", rows, Files.size(file));
            try (Platform platform = new Platform(workshop.settings().withPort(0), Clock.systemUTC())) {
                String url = "http://127.0.0.1:" + platform.serve();
                double plain = copy(platform, file);
                System.out.printf("plain COPY: %.1f s%n", plain);
                double fast = load(url, key, file, "fast", rows);
                System.out.printf("fast import: %.1f s, %.1f times plain COPY%n", fast, fast / plain);
                double checked = load(url, key, file, "checked", rows);
                System.out.printf("checked import: %.1f s, %.1f times plain COPY%n", checked, checked / plain);
                out(url, key, rows);
            }
        }
    }

    private static Path file(Path file, int rows) throws IOException {
        try (BufferedWriter text = Files.newBufferedWriter(file)) {
            text.write(COLUMNS + "\n");
            for (int i = 0; i < rows; i++) {
                text.write("Track number " + i + "," + (1 + i % 347) + "," + (1 + i % 5) + "," + (1 + i % 25)
                        + ",\"Composer, the " + i % 1000 + "th\"," + (1000 + i) + "," + (100_000L + i) + ",0.99\n");
            }
        }
        return file;
    }

    private static double copy(Platform platform, Path file) {
        return platform.database().write(sql -> {
            sql.execute("create table billing.bench_copy (like billing.tracks including all)");
            for (String column : new String[] {"created_at", "updated_at"}) {
                sql.execute("alter table billing.bench_copy alter " + column + " set default now()");
            }
            for (String column : new String[] {"created_by", "updated_by"}) {
                sql.execute("alter table billing.bench_copy alter " + column + " set default 'bench'");
            }
            for (String to : new String[] {"album", "media_type", "genre"}) {
                sql.execute("alter table billing.bench_copy add foreign key (" + to + "_id) references billing." + to
                        + "s (id)");
            }
            long begun = System.nanoTime();
            sql.connection(connection -> {
                try (InputStream bytes = Files.newInputStream(file)) {
                    connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                            "copy billing.bench_copy (" + COLUMNS + ") from stdin (format csv, header)", bytes);
                }
            });
            double seconds = (System.nanoTime() - begun) / 1e9;
            sql.execute("drop table billing.bench_copy");
            return seconds;
        });
    }

    private static double load(String url, String key, Path file, String mode, int rows) throws Exception {
        System.gc();
        long begun = System.nanoTime();
        HttpRequest post = HttpRequest.newBuilder(URI.create(url + TRACKS + "/import?mode=" + mode))
                .header("X-API-Key", key).header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofFile(file)).build();
        Map<String, Object> job = object(CLIENT.send(post, BodyHandlers.ofString(StandardCharsets.UTF_8)).body());
        long highest = 0;
        HttpRequest get = HttpRequest.newBuilder(URI.create(url + job.get("poll_url")))
                .header("X-API-Key", key).build();
        while (job.get("finished_at") == null) {
            LockSupport.parkNanos(50_000_000);
            highest = Math.max(highest, used());
            HttpResponse<String> answer = CLIENT.send(get, BodyHandlers.ofString(StandardCharsets.UTF_8));
            // A server that is busy may say so and ask for patience.
            job = answer.statusCode() == 503 ? job : object(answer.body());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!Integer.valueOf(rows).equals(job.get("created"))) {
            throw new IllegalStateException(String.valueOf(job));
        }
        System.out.printf("%s: %,.0f rows a second, heap at most %,d MiB%n", mode, rows / seconds, highest >> 20);
        return seconds;
    }

    private static void out(String url, String key, int rows) throws Exception {
        System.gc();
        HttpRequest get = HttpRequest.newBuilder(URI.create(url + TRACKS + "/export")).header("X-API-Key", key).build();
        long begun = System.nanoTime();
        long bytes = 0;
        long highest = 0;
        try (InputStream body = CLIENT.send(get, BodyHandlers.ofInputStream()).body()) {
            byte[] buffer = new byte[1 << 20];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                highest = Math.max(highest, used());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("export: %,d rows, %,d bytes in %.1f s, heap at most %,d MiB%n", 2 * rows, bytes, seconds,
                highest >> 20);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Map<String, Object> object(String json) {
        return Json.object(Json.read(json), "the answer");
    }
}
