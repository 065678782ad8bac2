package dev.appos.cli;

import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.registry.Problem;
import dev.appos.web.Server;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// Runs a platform until it is told to stop, and tells the terminal what changes.
final class Serving {

    private static final long LOOK_MS = 200;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 takes a free one.")
    private Integer port;

    private List<Problem> told = List.of();

    /// Returns after Ctrl-C or SIGTERM, when everything is closed.
    ///
    /// @param before what is done with the platform before it serves
    int serve(Settings settings, Clock clock, PrintWriter out, Consumer<Platform> before) throws InterruptedException {
        Settings chosen = port == null ? settings : settings.withPort(port);
        Server.check(chosen.server());
        chosen.live().findings().forEach(out::println);
        Platform platform = new Platform(chosen, clock);
        try {
            before.accept(platform);
            Optional<String> preset = Optional.ofNullable(System.getenv(FirstPassword.VARIABLE));
            FirstPassword.tell(chosen, preset, platform.bootstrap(preset), out);
            String scheme = chosen.server().edge().tls().isPresent() ? "https://" : "http://";
            String here = scheme + shown(chosen.server().host()) + ":" + platform.serve();
            Welcome.addresses(out, chosen.publicUrl().orElse(here));
        } catch (RuntimeException failure) {
            platform.close();
            throw failure;
        }
        untilStopped(platform, chosen, out);
        return 0;
    }

    /// An address that everybody on this machine can call.
    private static String shown(String host) {
        boolean every = host.equals("0.0.0.0") || host.equals("::") || host.equals("localhost");
        return every ? "127.0.0.1" : host;
    }

    private void untilStopped(Platform platform, Settings settings, PrintWriter out) throws InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    stopping.countDown();
                    stop(platform, settings.shutdown().most(), out);
                },
                "stop"));
        do {
            tell(platform.registry().problems(), out);
        } while (!stopping.await(LOOK_MS, TimeUnit.MILLISECONDS));
        // The hook ends the process, with its exit code.
        Thread.currentThread().join();
    }

    /// Closes everything, and ends the process: with 0, or with 1 when something would not end in time. The JVM's own
    /// code after a signal would say nothing of the two.
    private static void stop(Platform platform, Duration most, PrintWriter out) {
        FutureTask<Boolean> closing = new FutureTask<>(platform::close, true);
        Thread.ofPlatform().daemon().name("close").start(closing);
        int code = 1;
        try {
            closing.get(most.toMillis(), TimeUnit.MILLISECONDS);
            code = 0;
        } catch (TimeoutException _) {
            out.println("Something would not end within " + most.toSeconds() + " seconds, and was cut off.");
        } catch (ExecutionException failure) {
            out.println("Something could not be closed: " + failure.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        out.flush();
        Runtime.getRuntime().halt(code);
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
