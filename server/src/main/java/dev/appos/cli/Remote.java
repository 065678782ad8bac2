package dev.appos.cli;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// A running platform that commands talk to, as whoever the key or the password says; what they may do, it decides.
final class Remote {

    static final String KEY = "APPOS_API_KEY";
    static final String PASSWORD = "APPOS_PASSWORD";

    private static final Duration WAIT = Duration.ofSeconds(30);

    /// A file may be long; the platform is known to be there by its first answer.
    private static final Duration LONG_WAIT = Duration.ofHours(1);

    @Option(names = "--server", paramLabel = "URL", scope = ScopeType.INHERIT,
            defaultValue = "${env:APPOS_SERVER:-http://127.0.0.1:8080}",
            description = "The running platform (default: APPOS_SERVER, else http://127.0.0.1:8080).")
    private String server;

    @Option(names = "--as", paramLabel = "USER", scope = ScopeType.INHERIT,
            description = "Who asks, with the password in " + PASSWORD + " or typed in; without it " + KEY
                    + " holds a key.")
    private @Nullable String user;

    @Option(names = "--format", paramLabel = "text|json", scope = ScopeType.INHERIT, description = "How to print it.")
    private Format format = Format.text;

    Format format() {
        return format;
    }

    /// Whether it was said who asks, by key or by name.
    boolean known() {
        String key = System.getenv(KEY);
        return user != null || key != null && !key.isBlank();
    }

    /// Makes one call and answers what came back: JSON-like values, or nothing.
    ///
    /// @param path with its query; parts that come from people go through [#part]
    /// @throws Refusal if the platform is not there, or refuses
    Optional<Object> call(String method, String path, @Nullable Object body) {
        try (HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            Map<String, String> headers = credentials(client);
            return send(client, headers, method, path, body);
        }
    }

    Optional<Object> get(String path) {
        return call("GET", path, null);
    }

    /// Sends a file as it is and answers what came back.
    ///
    /// @throws Refusal if the platform is not there, or refuses
    Object upload(String path, Path file, String type) {
        return exchange((client, headers) -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server).resolve(path)).timeout(LONG_WAIT);
            headers.forEach(request::header);
            request.header("Content-Type", type).POST(BodyPublishers.ofFile(file));
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            Object answer = response.body().length == 0 ? null : Json.read(response.body());
            if (response.statusCode() >= 400 || answer == null) {
                throw refused(response.statusCode(), answer);
            }
            return answer;
        });
    }

    /// Writes what is there, however long it is.
    ///
    /// @throws Refusal     if the platform is not there, or refuses
    /// @throws IOException if it broke off
    void download(String path, Writer to) throws IOException {
        InputStream body = exchange((client, headers) -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server).resolve(path)).timeout(LONG_WAIT);
            headers.forEach(request::header);
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() >= 400) {
                throw refused(response.statusCode(), Json.read(response.body().readAllBytes()));
            }
            return response.body();
        });
        try (Reader text = new InputStreamReader(body, StandardCharsets.UTF_8)) {
            text.transferTo(to);
        }
    }

    /// What is asked of the platform by whoever it is.
    @FunctionalInterface
    private interface Exchange<T> {
        T with(HttpClient client, Map<String, String> headers) throws IOException, InterruptedException;
    }

    /// The client is left open: what it answers may still be read.
    private <T> T exchange(Exchange<T> exchange) {
        HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        try {
            return exchange.with(client, credentials(client));
        } catch (IOException | IllegalArgumentException failure) {
            throw Refusal.unavailable(
                    "There is no platform at " + server + ".", "Start it with ./appos run, or name it with --server.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The command was interrupted.", "Run it again.");
        }
    }

    /// A text as one part of a path or query.
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, String> credentials(HttpClient client) {
        String key = System.getenv(KEY);
        if (user == null && key != null && !key.isBlank()) {
            return Map.of("X-API-Key", key);
        }
        if (user == null) {
            throw Refusal.unauthenticated("The platform answers only those it knows. Set " + KEY
                    + " to an API key, or say who you are with --as.");
        }
        Map<String, String> body = Map.of("username", user, "password", password(user));
        Optional<Object> login = send(client, Map.of(), "POST", "/api/auth/login", body);
        Map<String, Object> answer = Json.object(login.orElseThrow(), "The login");
        return Map.of("X-CSRF-Token", String.valueOf(answer.get("csrf_token")));
    }

    private static String password(String user) {
        String given = System.getenv(PASSWORD);
        if (given != null) {
            return given;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw Refusal.unauthenticated("There is no terminal to type a password in; set " + PASSWORD + ".");
        }
        return new String(typed);
    }

    private Optional<Object> send(
            HttpClient client, Map<String, String> headers, String method, String path, @Nullable Object body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server).resolve(path)).timeout(WAIT);
            headers.forEach(request::header);
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(Json.write(body)));
            }
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            Object answer = response.body().length == 0 ? null : Json.read(response.body());
            if (response.statusCode() >= 400) {
                throw refused(response.statusCode(), answer);
            }
            return Optional.ofNullable(answer);
        } catch (IOException | IllegalArgumentException failure) {
            throw Refusal.unavailable(
                    "There is no platform at " + server + ".", "Start it with ./appos run, or name it with --server.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The command was interrupted.", "Run it again.");
        }
    }

    private static Refusal refused(int status, @Nullable Object answer) {
        Map<String, Object> problem = answer instanceof Map<?, ?> ? Json.object(answer, "The answer") : Map.of();
        Object errors = problem.get("errors");
        String detail = String.valueOf(problem.getOrDefault("detail", "The platform answered " + status + "."));
        String remedy = String.valueOf(problem.getOrDefault("remedy", "Look at the platform's log."));
        return Refusal.conflict(errors == null ? detail : detail + " " + Json.write(errors), remedy);
    }
}
