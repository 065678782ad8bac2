package dev.appos.process;

import static dev.appos.api.Words.sleep;
import static dev.appos.api.Words.step;

import dev.appos.api.Rule1;
import dev.appos.object.Input;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A node with processes made for measuring, for this JVM or for one of its own that is killed.
public final class LoadNode implements AutoCloseable {

    /// The steps of an instance.
    public static final int STEPS = 5;

    /// How long each step of a lonely instance took, in nanoseconds.
    public static final ConcurrentLinkedQueue<Long> LONELY = new ConcurrentLinkedQueue<>();

    private static final int LONELY_STEPS = 500;
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final TestNode node;

    /// @param atOnce instances that run at a time
    public LoadNode(DatabaseSettings settings, int atOnce) {
        node = new TestNode(settings, app(), new ProcessSettings(atOnce, () -> CLOSE, () -> true));
    }

    private static TestApp app() {
        Rule1<Long, Long> read = TestApp.rule("read");
        Rule1<Long, Long> note = TestApp.rule("note");
        return new TestApp()
                .rule("read", false, arguments -> arguments[0])
                .rule("note", true, arguments -> {
                    TestApp.effect("effect " + arguments[0]);
                    return arguments[0];
                })
                .process("reading", _ -> {
                    for (int i = 0; i < STEPS; i++) {
                        step("step" + i, read, i);
                    }
                    return null;
                })
                .process("writing", arguments -> {
                    for (int i = 0; i < STEPS; i++) {
                        step("step" + i, note, (long) arguments[0] * STEPS + i);
                    }
                    return null;
                })
                .process("lonely", _ -> {
                    for (int i = 0; i < LONELY_STEPS; i++) {
                        long begun = System.nanoTime();
                        step("step" + i, read, i);
                        LONELY.add(System.nanoTime() - begun);
                    }
                    return null;
                })
                .process("sleeping", _ -> {
                    sleep("30d");
                    return null;
                });
    }

    /// Begins to take instances.
    public LoadNode run() {
        node.run();
        return this;
    }

    /// Starts an instance.
    public UUID start(String process, long number) {
        return (UUID) node.call("ana", "crm.processes." + process, new Input.Start(Map.of("customer_id", number)));
    }

    /// Instances that are not over.
    public int living() {
        return node.living();
    }

    /// Instances that hold a thread.
    public int running() {
        return node.runner.running();
    }

    public Database database() {
        return node.database;
    }

    /// Makes the tables of the months.
    public LoadNode months() {
        new Partitions(node.database, Clock.systemUTC()).make();
        return this;
    }

    /// Starts a JVM that runs instances until it is killed or this one ends.
    public static Process spawn(DatabaseSettings settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx400m", "-cp",
                System.getProperty("java.class.path"), LoadNode.class.getName(), settings.jdbcUrl(), settings.user());
        builder.environment().put("TEST_PASSWORD", settings.password());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target", "load-node.log")))
                .start();
    }

    /// See [#spawn(DatabaseSettings)].
    public static void main(String[] arguments) throws IOException {
        DatabaseSettings settings =
                new DatabaseSettings(arguments[0], arguments[1], System.getenv("TEST_PASSWORD"), 16);
        new LoadNode(settings, 256).run();
        int end = System.in.read();
        Runtime.getRuntime().halt(end);
    }

    @Override
    public void close() {
        node.close();
    }
}
