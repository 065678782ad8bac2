package dev.appos.cli;

import dev.appos.boot.Platform;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `appos run`: serves the platform in a folder.
@Command(name = "run", description = "Serves the platform in this folder and follows its sources.")
final class Run implements Callable<Integer> {

    private final Clock clock;

    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    Run(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Platform platform = new Platform(where.settings(), clock);
        try {
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
}
