package dev.appos.process;

import static dev.appos.api.Words.approval;
import static dev.appos.api.Words.branch;
import static dev.appos.api.Words.compensate;
import static dev.appos.api.Words.parallel;
import static dev.appos.api.Words.reject;
import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;

import dev.appos.api.Rule1;
import dev.appos.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;

/// A node in a JVM of its own, to be killed with `kill -9`.
final class KilledNode implements AutoCloseable {

    private static final Rule1<Long, Long> NOTE = TestApp.rule("note");

    private final Process process;

    private KilledNode(Process process) {
        this.process = process;
    }

    /// The same app for every node.
    static TestApp app() {
        return new TestApp()
                .rule("note", true, arguments -> {
                    TestApp.effect("note " + arguments[0]);
                    return arguments[0];
                })
                .process("onboard", _ -> {
                    step("one", NOTE, 1);
                    long two = step("two", NOTE, 2);
                    step("code", () -> TestApp.effect("code"));
                    parallel(
                            "both",
                            branch("a", NOTE, two + 1),
                            branch("b", () -> step("deep", NOTE, two + 2)),
                            branch("c", NOTE, two + 3).fireAndForget());
                    boolean yes = approval("ask", "crm", "May I?").approved();
                    sleep("10ms");
                    return step("last", NOTE, yes ? 9 : 0);
                })
                .process("undone", _ -> {
                    for (long i = 1; i <= 3; i++) {
                        step("do", NOTE, i);
                        compensate("undo", NOTE, -i);
                    }
                    throw reject("No.");
                });
    }

    static KilledNode start(DatabaseSettings settings) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xmx200m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                KilledNode.class.getName(), settings.jdbcUrl(), settings.user());
        builder.environment().put("TEST_PASSWORD", settings.password());
        Path log = Path.of("target", "killed-node.log");
        return new KilledNode(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /// Runs until it is killed, or until whoever started it is gone.
    public static void main(String[] arguments) throws IOException {
        DatabaseSettings settings =
                new DatabaseSettings(arguments[0], arguments[1], System.getenv("TEST_PASSWORD"), 8);
        new TestNode(settings, app()).run();
        int end = System.in.read();
        Runtime.getRuntime().halt(end);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
