package dev.appos.cli;

import dev.appos.base.Refusal;
import dev.appos.boot.Settings;
import dev.appos.boot.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which platform a command is about.
final class Where {

    @Option(names = "--home", paramLabel = "FOLDER", description = "The platform's folder (default: this one).")
    private Path home = Path.of("");

    @Option(names = "--dir", paramLabel = "FOLDER", description = "Where .appos is kept (default: in the folder).")
    private Path dir;

    @Option(names = "--env", paramLabel = "NAME", description = "The environment, instead of APPOS_ENV or the file's.")
    private String env;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 takes a free one.")
    private Integer port;

    /// The settings of the platform in the folder.
    ///
    /// @throws Refusal if there are no apps in it, or its settings cannot be read
    Settings settings() {
        return settings(home.toAbsolutePath().normalize());
    }

    /// The settings of the platform in this folder, with what the command line says on top.
    Settings settings(Path folder) {
        if (!Files.isDirectory(folder.resolve("apps"))) {
            throw Refusal.unavailable(
                    "There is no platform in " + folder + ": it has no folder apps.",
                    "Go to the folder of your platform, or name it with --home.");
        }
        Settings settings = SettingsFile.read(folder, env);
        if (dir != null) {
            settings = settings.withState(dir.toAbsolutePath().normalize().resolve(".appos"));
        }
        return port == null ? settings : settings.withPort(port);
    }
}
