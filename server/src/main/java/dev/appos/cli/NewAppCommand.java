package dev.appos.cli;

import dev.appos.authoring.NewApp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos new-app`: the first files of an app.
@Command(name = "new-app", description = "Makes an app with one record and a page to begin with; overwrites nothing.")
final class NewAppCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(paramLabel = "NAME", description = "Lower-case letters and digits: the folder and the address.")
    private String name;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
    private String displayName;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String title = Optional.ofNullable(displayName).orElse(NewApp.title(name));
        for (Path file : NewApp.write(home.apps(), name, title)) {
            out.println("  made " + home.folder().relativize(file));
        }
        out.println("The app " + name + " is there. A running server has it already; if there is none: appos run");
        out.flush();
        return 0;
    }
}
