package dev.appos.cli;

import dev.appos.base.Refusal;
import dev.appos.boot.DemoData;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `appos warm-up`: one short life of a platform in a temporary folder, so that the JVM can write down what it loads.
///
/// The launcher runs it after a build to make the start-up cache; it is of no other use.
@Command(name = "warm-up", hidden = true, description = "Runs everything once, for the start-up cache.")
final class WarmUp implements Callable<Integer> {

    private static final String PASSWORD = "only for the length of a warm-up";

    private final Clock clock;

    WarmUp(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path examples = Demo.examples();
        Path folder = Files.createTempDirectory("appos-warm-up-");
        try (Platform platform = new Platform(
                Settings.of(examples).withState(folder.resolve(".appos")).withPort(0), clock)) {
            new DemoData(platform, examples.resolve("data")).load(new PrintWriter(Writer.nullWriter()));
            platform.bootstrap(Optional.of(PASSWORD));
            visit("http://127.0.0.1:" + platform.serve());
        } finally {
            remove(folder);
        }
        return 0;
    }

    private static void visit(String server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String login = "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}";
            String cookie = client.send(
                            HttpRequest.newBuilder(URI.create(server + "/api/auth/login"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(login))
                                    .build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow(() -> Refusal.unavailable("The warm-up could not log in.", "Start without it."));
            for (String path : new String[] {
                "/", "/ready", "/api/auth/me", "/api/ui", "/api/ui/crm/customers", "/api/crm/v1/customers?limit=25",
                "/api/crm/v1/customers/1", "/api/v1/processes", "/api/v1/approvals"
            }) {
                client.send(
                        HttpRequest.newBuilder(URI.create(server + path)).header("Cookie", cookie).build(),
                        BodyHandlers.discarding());
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
