package dev.appos.cli;

import java.time.Clock;
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
    private Home home;

    @Mixin
    private Where where;

    @Mixin
    private Serving serving;

    @Spec
    private CommandSpec spec;

    Run(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serving.serve(where.settings(home.folder()), clock, spec.commandLine().getOut(), _ -> {});
    }
}
