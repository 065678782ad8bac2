package dev.appos.cli;

import dev.appos.boot.DemoData;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `appos demo`: the example apps with their data, from nothing.
@Command(name = "demo", description = "Serves the example apps over real data: everything, from nothing.")
final class Demo implements Callable<Integer> {

    private final Clock clock;

    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    Demo(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path examples = examples();
        Settings settings = where.settings(examples);
        Platform platform = new Platform(settings, clock);
        try {
            new DemoData(platform, examples.resolve("data")).load(out);
            Welcome.admin(out, platform.bootstrap(Optional.ofNullable(System.getenv("APPOS_ADMIN_PASSWORD"))));
            Welcome.addresses(out, platform.serve());
        } catch (RuntimeException failure) {
            platform.close();
            throw failure;
        }
        Serving serving = new Serving(platform, out);
        serving.tell(platform.registry().problems());
        serving.untilStopped();
        return 0;
    }

    /// The example apps of this checkout, as the launcher names it.
    static Path examples() {
        return Path.of(System.getProperty("appos.home", ".")).toAbsolutePath().normalize().resolve("examples");
    }
}
