package dev.appos.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A platform with records of every type, and callers who may do different things with them.
final class Warehouse implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PATIENCE = 60_000_000_000L;

    final Platform platform;
    final String admin;
    final String clerk;
    final String guest;
    private final String url;

    Warehouse(Path home) {
        this(home, true);
    }

    /// @param fresh whether nobody was here before
    Warehouse(Path home, boolean fresh) {
        if (fresh) {
            write(home, "apps/store/app.yaml", "title: Store\ngroups: [clerks, guests, bosses]\n");
            write(home, "apps/store/records/Maker.java", """
                    @Record(view = {"clerks", "guests"}, create = "clerks", update = "clerks", delete = "clerks")
                    record Maker(@NotBlank @Size(max = 80) @Unique String name, String country) {}
                    """);
            write(home, "apps/store/records/Item.java", """
                    @Record(audit = true, view = {"clerks", "guests"}, create = "clerks", update = "clerks",
                            delete = "clerks")
                    record Item(@NotBlank @Size(max = 40) @Unique String code, String name, @Default("1") Integer stock,
                            Long views, BigDecimal price, Boolean open, LocalDate since, Instant seen, Kind kind,
                            List<String> tags, Map<String, Object> more, @BelongsTo Maker maker,
                            @Default("box") String packing) {
                        enum Kind { CUP, POT }
                    }
                    """);
            write(home, "apps/store/records/Note.java", """
                    @Record(view = "clerks", create = "clerks", update = "clerks", delete = "clerks")
                    record Note(@NotBlank String text, String owner, @Restricted(view = "bosses") String secret) {
                        @RowFilter
                        static Cond own(NoteRecords.Fields note) {
                            return note.owner().eq(ctx.user().name());
                        }
                    }
                    """);
        }
        platform = new Platform(Settings.of(home).withPort(0), Clock.systemUTC());
        platform.bootstrap(Optional.of("a long enough secret"));
        url = "http://127.0.0.1:" + platform.serve();
        assertThat(platform.registry().problems()).isEmpty();
        admin = key("root" + (fresh ? "" : "2"), "system_admin", List.of());
        clerk = key("clerk" + (fresh ? "" : "2"), "basic", List.of("clerks"));
        guest = key("guest" + (fresh ? "" : "2"), "basic", List.of("guests"));
    }

    private String key(String user, String type, List<String> groups) {
        rule("create_user", Map.of(
                "username", user, "email", user + "@example.test", "user_type", type, "groups", groups));
        Object made = rule("create_api_key", Map.of("username", user, "name", "key"));
        return String.valueOf(((Map<?, ?>) made).get("api_key"));
    }

    private Object rule(String name, Map<String, Object> inputs) {
        Context context = new Context(
                new Principal.Platform("test"), platform.ids().execution(), platform.clock().instant());
        return platform.dispatcher()
                .dispatch(context, Call.of(new Ref(Ref.PLATFORM, "rules", name), new Input.Run(inputs)));
    }

    HttpResponse<byte[]> send(String key, String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path.replace(" ", "%20")))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("X-API-Key", key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What is there, as text.
    String get(String key, String path) {
        HttpResponse<byte[]> response = send(key, "GET", path, new byte[0]);
        assertThat(response.statusCode()).as(path).isIn(200, 206);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /// Sends a file and answers the refusal or the job.
    Map<String, Object> post(String key, String path, byte[] file, String type) {
        HttpResponse<byte[]> response = send(key, "POST", path, file, "Content-Type", type);
        return Json.object(Json.read(response.body()), "The answer");
    }

    /// Sends a CSV file and waits for the end of its job.
    Map<String, Object> load(String key, String record, String options, String file) {
        Map<String, Object> job = post(
                key, "/api/store/v1/" + record + "/import?" + options, file.getBytes(StandardCharsets.UTF_8),
                "text/csv");
        assertThat(job).as(String.valueOf(job)).containsKey("poll_url");
        return ended(key, String.valueOf(job.get("poll_url")));
    }

    Map<String, Object> ended(String key, String poll) {
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            Map<String, Object> job = Json.object(Json.read(get(key, poll)), "The job");
            if (job.get("finished_at") != null) {
                return job;
            }
            assertThat(System.nanoTime()).as("still " + job).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    long count(String table) {
        return platform.database().read(sql -> sql.fetchSingle("select count(*) from " + table).get(0, Long.class));
    }

    @Override
    public void close() {
        platform.close();
    }

    private static void write(Path home, String file, String text) {
        try {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
