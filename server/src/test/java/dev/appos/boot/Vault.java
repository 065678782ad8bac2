package dev.appos.boot;

import com.sun.net.httpserver.HttpServer;
import dev.appos.trace.Redaction;
import dev.appos.trace.Spans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A platform with one app that keeps what it is given, echoes it in its errors and takes too long; and a collector
/// that keeps every byte it is sent.
final class Vault implements AutoCloseable {

    private static final Map<String, String> FILES = Map.of(
            "app.yaml", """
                    title: Vault
                    groups: [vault_users]
                    security: {defaults: {logic: [vault_users], ui: [vault_users]}}
                    """,
            "records/Note.java", """
                    @Record(view = "vault_users", create = "vault_users", update = "vault_users",
                            delete = "vault_users")
                    record Note(@NotBlank @Size(max = 120) String text, @Unique String code) {}
                    """,
            "rules/Rules.java", """
                    @ExpressionRule(description = "Keeps a note")
                    long keep(String text) { return records.note.create(n -> n.text(text).code(text)); }

                    @ExpressionRule(description = "How many notes there are with a text")
                    long countOf(String text) { return records.note.where(n -> n.text().eq(text)).count(); }

                    @ExpressionRule(description = "Echoes what it was given")
                    String echo(String text) { throw new IllegalStateException("cannot take " + text); }

                    @ExpressionRule(description = "Echoes it deep inside")
                    String deep(String text) {
                        try {
                            return rules.echo(text);
                        } catch (RuntimeException e) {
                            throw new IllegalArgumentException("wrapped " + text, e);
                        }
                    }

                    @ExpressionRule(description = "Refuses it")
                    String deny(String text) { throw reject("text", "must not be " + text); }

                    @ExpressionRule(description = "Takes its time")
                    long slow(String text) {
                        var end = System.nanoTime() + 1_000_000_000L;
                        while (System.nanoTime() < end) { records.note.count(); }
                        return records.note.count();
                    }
                    """,
            "processes/Processes.java", """
                    @Process(description = "Keeps it", displayName = "Keep {text}", use = "vault_users")
                    String safe(String text) {
                        step("keep", rules.keep, text);
                        return text;
                    }

                    @Process(description = "Fails with it", displayName = "Break {text}", use = "vault_users")
                    String broken(String text) {
                        step("echo", rules.echo, text);
                        return text;
                    }

                    @Process(description = "Throws it", displayName = "Throw {text}", use = "vault_users")
                    String thrown(String text) {
                        throw new IllegalStateException("no " + text);
                    }

                    @Process(description = "Takes too long over it", displayName = "Wait {text}", use = "vault_users")
                    String late(String text) {
                        parallel("all", branch("slow", rules.slow, text).timeout("50ms"));
                        return text;
                    }
                    """);

    final Path state;
    final List<byte[]> spans = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer collector;
    private final Platform platform;
    private final int port;

    Vault(Path home, Redaction redaction, String password) throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = home.resolve("apps/vault").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            exchange.getRequestBody().transferTo(body);
            spans.add(body.toByteArray());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Spans sent = Spans.to(Optional.of("http://127.0.0.1:" + collector.getAddress().getPort()));
        platform = new Platform(Settings.of(home).withPort(0), Clock.systemUTC(), redaction, sent);
        if (!platform.registry().problems().isEmpty()) {
            throw new IllegalStateException(platform.registry().problems().toString());
        }
        platform.bootstrap(Optional.of(password));
        port = platform.serve();
        state = home.resolve(".appos");
    }

    Platform platform() {
        return platform;
    }

    /// Sends a request.
    ///
    /// @param headers name, value, name, value, …
    HttpResponse<String> send(String method, String address, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (Stream.of(headers).noneMatch("Content-Type"::equals)) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The value of a field of an answer.
    static String field(String name, String json) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new AssertionError(name + " is not in " + json);
        }
        return matcher.group(1);
    }

    /// Ends the platform: what it had to tell is told.
    @Override
    public void close() {
        platform.close();
        collector.stop(0);
        client.close();
    }
}
