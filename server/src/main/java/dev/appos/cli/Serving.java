package dev.appos.cli;

import dev.appos.boot.Platform;
import dev.appos.registry.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps a platform running until it is told to stop, and tells the terminal what changes.
final class Serving {

    private static final long LOOK_MS = 200;

    private final Platform platform;
    private final PrintWriter out;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private List<Problem> told = List.of();

    Serving(Platform platform, PrintWriter out) {
        this.platform = platform;
        this.out = out;
    }

    /// Returns after Ctrl-C or SIGTERM, when everything is closed.
    void untilStopped() throws InterruptedException {
        Thread closer = new Thread(
                () -> {
                    platform.close();
                    stopped.countDown();
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(closer);
        while (!stopped.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
            tell(platform.registry().problems());
        }
    }

    /// Prints the faults of the sources when they change.
    void tell(List<Problem> problems) {
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
