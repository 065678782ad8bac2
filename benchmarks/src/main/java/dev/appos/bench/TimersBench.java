package dev.appos.bench;

import dev.appos.base.Ref;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.object.StartOptions;
import dev.appos.secure.Principal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How long a server takes to catch up with timers that are all due when it starts: so many processes were to begin at
/// times that came while no server ran. Each of them does one step.
final class TimersBench {

    private static final int USUAL = 50_000;
    private static final int AT_ONCE = 500;
    private static final Duration LATEST = Duration.ofSeconds(120);
    private static final long LOOK_MS = 200;

    private TimersBench() {}

    /// @param arguments how many, if not fifty thousand
    static void run(String[] arguments) throws Exception {
        int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : USUAL;
        try (Workshop workshop = new Workshop()) {
            Path app = workshop.home().resolve("apps/timers");
            Files.createDirectories(app.resolve("processes"));
            Files.writeString(app.resolve("app.yaml"), "title: Timers\ngroups: [timers]\n");
            Files.writeString(app.resolve("processes/Tick.java"), """
                    @Process(use = "timers")
                    void tick() { step("tick", () -> 1); }
                    """);
            Settings settings = workshop.settings().withPort(0);
            try (Platform platform = new Platform(settings, Clock.systemUTC())) {
                long begun = System.nanoTime();
                fill(platform, many);
                System.out.printf("%d processes that are to start soon, made in %.1f s%n", many, since(begun));
            }
            try (Platform platform = new Platform(settings, Clock.systemUTC())) {
                platform.database().write(sql -> sql.execute(
                        "update appos.process_ready set wake_at = now() - interval '1 hour'"));
                long begun = System.nanoTime();
                platform.serve();
                int left = left(platform);
                while (left > 0 && since(begun) < 10 * LATEST.toSeconds()) {
                    Thread.sleep(LOOK_MS);
                    left = left(platform);
                }
                System.out.printf("%d due at start, all but %d fired and ended within %.1f s (at most %d s)%n",
                        many, left, since(begun), LATEST.toSeconds());
            }
        }
    }

    private static void fill(Platform platform, int many) throws InterruptedException {
        StartOptions later = new StartOptions(
                Optional.empty(), Optional.of(platform.clock().instant().plus(Duration.ofDays(1))), Optional.empty());
        Call call = Call.of(Ref.of("timers.processes.tick"), new Input.Start(Map.of(), later));
        for (int done = 0; done < many; done += AT_ONCE) {
            Thread[] threads = new Thread[Math.min(AT_ONCE, many - done)];
            for (int i = 0; i < threads.length; i++) {
                Context context = new Context(
                        new Principal.Platform("bench"), platform.ids().execution(), platform.clock().instant());
                threads[i] = Thread.ofVirtual().start(() -> platform.dispatcher().dispatch(context, call));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static int left(Platform platform) {
        return platform.database().read(sql ->
                sql.fetchSingle("select count(*) from appos.process_ready").into(int.class));
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
