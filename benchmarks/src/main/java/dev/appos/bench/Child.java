package dev.appos.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Another Java process that listens on a port and says which.
final class Child implements AutoCloseable {

    static final String PROGRAM = "dev.appos.Main";

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

    private final Process process;
    private final int port;

    private Child(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a main class on this process's own class path and waits until it names its port.
    static Child start(String main, List<String> arguments, Map<String, String> environment) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders",
                // As ./appos starts the program; what it is compared with stays as the JVM has it.
                "-Djdk.virtualThreadScheduler.parallelism=" + (main.equals(PROGRAM) ? 16 : processors),
                "-Dappos.home=" + System.getProperty("appos.home"),
                "-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File("/dev/null"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return new Child(process, Integer.parseInt(port.group(1)));
            }
        }
        throw new IOException(main + " ended without listening");
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /// Tells it to stop and waits.
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
