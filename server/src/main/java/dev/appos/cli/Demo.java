package dev.appos.cli;

import dev.appos.boot.DemoData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
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

    @Mixin
    private Serving serving;

    @Spec
    private CommandSpec spec;

    Demo(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path data = examples().resolve("data");
        return serving.serve(
                where.settings(examples()), clock, out, platform -> new DemoData(platform, data).load(out));
    }

    /// The example apps of this checkout, as the launcher names it.
    static Path examples() {
        return Path.of(System.getProperty("appos.home", ".")).toAbsolutePath().normalize().resolve("examples");
    }
}
