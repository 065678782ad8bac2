package dev.appos.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A child JVM that runs [NodeMain]: started, watched and ended by a test.
final class Node implements AutoCloseable {

    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final Process process;
    private final BufferedReader output;
    private final String answer;

    private Node(Process process, BufferedReader output, String answer) {
        this.process = process;
        this.output = output;
        this.answer = answer;
    }

    /// Starts a node and waits until it is ready or refuses.
    ///
    /// @param prefix a command to run the JVM with, such as `setpriv`
    static Node start(List<String> prefix, String classPath, Path home, Path programs) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
        command.addAll(List.of(NodeMain.class.getName(), home.toString(), programs.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        return new Node(process, output, line == null ? "" : line);
    }

    /// `ready <pid of the server> <visits so far>` or `refused <message> | <remedy>`.
    String answer() {
        return answer;
    }

    ProcessHandle server() {
        return ProcessHandle.of(Long.parseLong(answer.split(" ")[1])).orElseThrow();
    }

    int visits() {
        return Integer.parseInt(answer.split(" ")[2]);
    }

    /// The server, its children and the shell that watches it.
    List<ProcessHandle> processes() {
        return process.descendants().toList();
    }

    void kill() {
        process.destroyForcibly();
    }

    /// Sends a signal to the whole group of the node, as a terminal does.
    void signalGroup(String name) throws IOException {
        new ProcessBuilder("/bin/kill", "-s", name, "--", "-" + process.pid()).inheritIO().start();
    }

    /// Holds the node still, so that it sees nothing of what happens next.
    void freeze() throws IOException {
        try {
            new ProcessBuilder("/bin/kill", "-s", "STOP", String.valueOf(process.pid())).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the node said last, once it has ended.
    String lastWords() throws IOException {
        String last = answer;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            last = line;
        }
        return last;
    }

    /// Lets the node end in good order.
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the node did not end");
            }
        } catch (InterruptedException interrupt) {
            throw new AssertionError("interrupted", interrupt);
        }
    }

    /// Looks until `condition` holds or the time is up.
    static boolean soon(Duration max, BooleanSupplier condition) {
        long deadline = System.nanoTime() + max.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return condition.getAsBoolean();
    }
}
