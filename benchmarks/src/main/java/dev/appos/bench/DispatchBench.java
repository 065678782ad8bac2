package dev.appos.bench;

import dev.appos.base.Ref;
import dev.appos.boot.Platform;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// A warm call of a rule through the door, in process: permission decided, input checked, body run, trace written. The
/// limit is a p99 of 50 microseconds. Beside it the body alone, called without a door.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DispatchBench {

    private static final int SECONDS = 5;
    private static final long PAUSE_NANOS = 20_000;

    private Workshop workshop;
    private Platform platform;
    private Context context;
    private Call call;

    /// Builds a platform whose only extra is a rule without database work.
    @Setup(Level.Trial)
    public void prepare() throws Exception {
        workshop = new Workshop();
        Files.writeString(workshop.home().resolve("apps/crm/rules/Doubled.java"), """
                @ExpressionRule(use = "crm_users")
                long doubled(long number) { return 2 * number; }
                """);
        workshop.prepare();
        platform = new Platform(workshop.settings(), Clock.systemUTC());
        // Not an administrator: the decision goes all the way through groups and grants.
        Principal caller = new Principal.User(
                "bench", Principal.Type.SERVICE_ACCOUNT, Set.of("billing_users", "billing_admins", "crm_users"));
        context = new Context(caller, platform.ids().execution(), platform.clock().instant());
        call = Call.of(new Ref("crm", "rules", "doubled"), new Input.Run(Map.of("number", 21)));
        Object answer = platform.dispatcher().dispatch(context, call);
        if (!Long.valueOf(42).equals(answer)) {
            throw new IllegalStateException("the rule answered " + answer);
        }
    }

    /// Waits a moment, so that calls come as fast as a busy server gets them and every one is logged: back to back they
    /// would fill the log's queue and measure calls whose lines are dropped.
    @Setup(Level.Invocation)
    public void pause() {
        long until = System.nanoTime() + PAUSE_NANOS;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /// Stops it and takes the folder away.
    @TearDown(Level.Trial)
    public void close() {
        System.out.println("log lines dropped: " + platform.log().dropped());
        platform.close();
        workshop.close();
    }

    /// The whole door.
    @Benchmark
    public Object door() {
        return platform.dispatcher().dispatch(context, call);
    }

    /// The body alone.
    @Benchmark
    public Object bodyAlone() throws Throwable {
        return platform.registry().current().code("crm").call("rules.doubled", new Object[] {21L});
    }

    static void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(DispatchBench.class.getSimpleName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(SECONDS))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(SECONDS))
                        .jvmArgsAppend("-Dappos.home=" + System.getProperty("appos.home"))
                        .build())
                .run();
    }
}
