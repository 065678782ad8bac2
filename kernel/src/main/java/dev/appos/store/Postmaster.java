package dev.appos.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a data folder's `postmaster.pid` says about the server that uses it.
///
/// @param data the data folder
record Postmaster(Path data) {

    private static final int STATUS_LINE = 7;
    private static final Duration POLL = Duration.ofMillis(5);

    /// How long each way to end a leftover server is given, the last one being the hardest.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Whether the server with this process id accepts connections.
    boolean isReady(long pid) throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /// Whether the server was started by this very process, with the watchdog between them.
    boolean isOurs() throws IOException {
        return server().flatMap(ProcessHandle::parent)
                .flatMap(ProcessHandle::parent)
                .filter(ProcessHandle.current()::equals)
                .isPresent();
    }

    /// Sees to it that no server uses the data folder. The caller must hold the lock on it.
    ///
    /// A server found here has lost its AppOS. Its watchdog is about to stop it; one that lost that too is stopped.
    void clear() throws IOException {
        Optional<ProcessHandle> leftover = server();
        if (leftover.isPresent()) {
            ProcessHandle server = leftover.get();
            boolean gone = isGone(server, Duration.ofSeconds(2))
                    || signal("INT", server) && isGone(server, PATIENCE)
                    || signal("QUIT", server) && isGone(server, PATIENCE)
                    || signal("KILL", server) && isGone(server, PATIENCE);
            if (!gone) {
                throw new IOException("the PostgreSQL left behind, process %d, does not stop".formatted(server.pid()));
            }
        }
        // A number taken over by another program would keep the server from starting. Its own lock, on shared memory,
        // still protects the data.
        Files.deleteIfExists(file());
    }

    /// The live server on this folder. A process that merely got the same number is not it.
    private Optional<ProcessHandle> server() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info().commandLine()
                        .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                        .isPresent());
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file());
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private Path file() {
        return data.resolve("postmaster.pid");
    }

    private static boolean signal(String name, ProcessHandle server) throws IOException {
        new ProcessBuilder("/bin/kill", "-s", name, Long.toString(server.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return true;
    }

    private static boolean isGone(ProcessHandle server, Duration max) throws IOException {
        long deadline = System.nanoTime() + max.toNanos();
        while (server.isAlive() && System.nanoTime() < deadline) {
            pause();
        }
        return !server.isAlive();
    }

    /// Waits a moment before looking again.
    static void pause() throws IOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for PostgreSQL", interrupt);
        }
    }
}
