package dev.appos.cli;

import dev.appos.authoring.NewApp;
import dev.appos.base.Refusal;
import dev.appos.config.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `appos init`: the folder of a platform, from nothing.
@Command(name = "init", description = "Makes the folder of a platform: settings, apps; overwrites nothing.")
final class Init implements Callable<Integer> {

    private static final String SETTINGS = """
            # How this platform runs. Every key has a default, and so has this file: what stands here behind a # is what
            # holds anyway. `appos validate` checks it, `appos validate --keys` lists all there is.

            platform:
              name: AppOS
              environment: dev            # dev, staging or prod; APPOS_ENV and --env win over it

            server:
              # host: 127.0.0.1
              port: 8080

            # Without this, the platform runs a PostgreSQL of its own below .appos.
            # database:
            #   url: postgresql://127.0.0.1:5432/appos
            #   user: appos
            #   password: ${DB_PASSWORD}

            # security:
            #   session_timeout: 3600     # seconds; this key and others that say so act at once

            # What differs in one environment. The same keys in a file appos.prod.yaml do as well.
            environments:
              prod:
                server:
                  host: 0.0.0.0
            """;

    @Mixin
    private Home home;

    @Option(names = "--app", paramLabel = "NAME", description = "Makes a first app of this name too.")
    private String app;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = home.any();
        for (String name : List.of(SettingsReader.FILE, "apps", "migrations")) {
            if (Files.exists(folder.resolve(name))) {
                throw Refusal.conflict(
                        folder + " holds " + name + " already; nothing was changed.",
                        "Choose another folder with --home, or go on with what is there: appos run");
            }
        }
        if (app != null) {
            NewApp.write(folder.resolve("apps"), app, NewApp.title(app));
        }
        try {
            Files.createDirectories(folder.resolve("apps"));
            Files.createDirectories(folder.resolve("migrations"));
            Files.writeString(folder.resolve(SettingsReader.FILE), SETTINGS);
            if (!Files.exists(folder.resolve(".gitignore"))) {
                Files.writeString(folder.resolve(".gitignore"), ".appos/\n");
            }
        } catch (IOException e) {
            throw Refusal.unavailable(folder + " cannot be written: " + e.getMessage() + ".", "Check its permissions.");
        }
        out.println("The platform is in " + folder + ".");
        out.println(app == null ? "Make an app in it: appos new-app NAME" : "It has one app, " + app + ".");
        out.println("Start it there:     appos run");
        out.flush();
        return 0;
    }
}
