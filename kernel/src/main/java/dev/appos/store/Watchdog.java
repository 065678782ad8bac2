package dev.appos.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A command that cannot outlive this process, not even when it is killed.
///
/// Between this process and the command stands a shell that waits for the end of a pipe, which the operating system
/// closes whatever happens here. See `watchdog.sh`.
final class Watchdog {

    private final Process shell;
    private final long pid;

    private Watchdog(Process shell, long pid) {
        this.shell = shell;
        this.pid = pid;
    }

    /// Starts `command`, its output appended to `log`.
    static Watchdog start(List<String> command, Path log) throws IOException {
        List<String> line = new ArrayList<>();
        // In a session of its own, so that what ends the group of this process, a Ctrl-C or a kill, passes it by.
        program("setsid").ifPresent(line::add);
        line.addAll(List.of("/bin/sh", "-c", script(), "watchdog", log.toString()));
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, and still owns its files.
            line.addAll(List.of(program("unshare").orElse("unshare"), "-U"));
        }
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        // Messages in the user's language could not be read here, and macOS needs a locale that exists.
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        Process shell = builder.start();
        BufferedReader output = shell.inputReader(StandardCharsets.US_ASCII);
        String first = output.readLine();
        if (first == null) {
            throw new IOException("the shell could not start " + command.getFirst());
        }
        return new Watchdog(shell, Long.parseLong(first));
    }

    /// The process id of the command.
    long pid() {
        return pid;
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /// Waits for the command to end by itself.
    ///
    /// @return its exit status
    /// @throws IOException if it has not ended within `max`; it is being stopped then
    int await(Duration max) throws IOException {
        try {
            if (!shell.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
                shell.getOutputStream().close();
                throw new IOException("process %d did not end within %d s".formatted(pid, max.toSeconds()));
            }
            return shell.exitValue();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            shell.getOutputStream().close();
            throw new IOException("interrupted while waiting for process " + pid, interrupt);
        }
    }

    /// Stops the command and waits until it is gone.
    void stop(Duration max) throws IOException {
        shell.getOutputStream().close();
        await(max);
    }

    private static String script() throws IOException {
        try (InputStream script = Watchdog.class.getResourceAsStream("watchdog.sh")) {
            if (script == null) {
                throw new IOException("watchdog.sh is missing from the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> program(String name) {
        return Pattern.compile(":").splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
    }
}
