package dev.appos.cli;

import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.registry.Problem;
import dev.appos.web.Server;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// Runs a platform until it is told to stop, and tells the terminal what changes.
final class Serving {

    private static final String PASSWORD = "APPOS_ADMIN_PASSWORD";
    private static final long LOOK_MS = 200;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 takes a free one.")
    private Integer port;

    private List<Problem> told = List.of();

    /// Returns after Ctrl-C or SIGTERM, when everything is closed.
    ///
    /// @param before what is done with the platform before it serves
    int serve(Settings settings, Clock clock, PrintWriter out, Consumer<Platform> before) throws InterruptedException {
        Settings chosen = port == null ? settings : settings.withPort(port);
        Server.check(chosen.host(), chosen.port());
        Platform platform = new Platform(chosen, clock);
        try {
            before.accept(platform);
            Optional<String> preset = Optional.ofNullable(System.getenv(PASSWORD));
            Optional<String> made = platform.bootstrap(preset);
            Welcome.admin(out, made.map(password -> preset.isPresent() ? "as " + PASSWORD + " says" : password));
            Welcome.addresses(out, platform.serve());
        } catch (RuntimeException failure) {
            platform.close();
            throw failure;
        }
        untilStopped(platform, out);
        return 0;
    }

    private void untilStopped(Platform platform, PrintWriter out) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    platform.close();
                    stopped.countDown();
                },
                "stop"));
        do {
            tell(platform.registry().problems(), out);
        } while (!stopped.await(LOOK_MS, TimeUnit.MILLISECONDS));
    }

    /// Prints the faults of the sources when they change.
    private void tell(List<Problem> problems, PrintWriter out) {
        if (problems.equals(told)) {
            return;
        }
        if (problems.isEmpty()) {
            out.println("The sources are live again.");
        } else {
            problems.forEach(out::println);
            out.println("The last good version stays live.");
        }
        out.flush();
        told = problems;
    }
}
