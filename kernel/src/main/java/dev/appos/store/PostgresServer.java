package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A running PostgreSQL, reachable from this machine only.
final class PostgresServer {

    /// Long enough to recover from a crash in the middle of heavy writing.
    private static final Duration START_MAX = Duration.ofMinutes(3);

    /// Longer than the watchdog takes to go from asking to killing.
    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    /// A free port may be taken by someone else before the server gets to it.
    private static final int PORTS_TRIED_MAX = 3;

    private final Watchdog watchdog;
    private final int port;

    private PostgresServer(Watchdog watchdog, int port) {
        this.watchdog = watchdog;
        this.port = port;
    }

    /// Starts the server and returns when it accepts connections.
    ///
    /// @throws Refusal if it does not start; the message carries its own last words
    static PostgresServer start(PostgresCluster cluster, PostgresBinaries binaries) throws IOException {
        for (int tried = 1; ; tried++) {
            new PostgresLog(cluster.log()).rotate();
            Optional<PostgresServer> started = tryPort(freePort(), cluster, binaries);
            if (started.isPresent()) {
                return started.get();
            }
            String reason = new PostgresLog(cluster.log()).reason();
            if (tried == PORTS_TRIED_MAX || !reason.contains("TCP/IP socket")) {
                throw PostgresCluster.refusal(
                        "PostgreSQL did not start on " + cluster.data(), reason, PostgresCluster.REMEDY);
            }
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return watchdog.pid();
    }

    boolean isRunning() {
        return watchdog.isAlive();
    }

    void stop() throws IOException {
        watchdog.stop(STOP_MAX);
    }

    private static Optional<PostgresServer> tryPort(int port, PostgresCluster cluster, PostgresBinaries binaries)
            throws IOException {
        // Given here and not in postgresql.conf: whoever edits that file cannot open the server to the network by it.
        Watchdog watchdog = Watchdog.start(
                List.of(binaries.postgres(), "-D", cluster.data().toString(), "-c", "listen_addresses=127.0.0.1",
                        "-c", "unix_socket_directories=", "-p", Integer.toString(port)),
                cluster.log());
        Postmaster postmaster = new Postmaster(cluster.data());
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!postmaster.isReady(watchdog.pid())) {
            if (!watchdog.isAlive()) {
                return Optional.empty();
            }
            if (System.nanoTime() > deadline) {
                watchdog.stop(STOP_MAX);
                throw PostgresCluster.refusal("PostgreSQL did not get ready on %s within %d s."
                        .formatted(cluster.data(), START_MAX.toSeconds()));
            }
            Postmaster.pause();
        }
        return Optional.of(new PostgresServer(watchdog, port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }
}
