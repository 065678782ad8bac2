package dev.appos.cli;

import dev.appos.base.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which platform a command is about.
final class Home {

    @Option(names = "--home", paramLabel = "FOLDER", description = "The platform's folder (default: this one).")
    private Path home = Path.of("");

    /// The folder, whether there is a platform in it or not.
    Path any() {
        return home.toAbsolutePath().normalize();
    }

    /// The folder of the platform.
    ///
    /// @throws Refusal if there are no apps in it
    Path folder() {
        Path folder = any();
        if (!Files.isDirectory(folder.resolve("apps"))) {
            throw Refusal.unavailable(
                    "There is no platform in " + folder + ": it has no folder apps.",
                    "Go to the folder of your platform, name it with --home, or make one: appos init.");
        }
        return folder;
    }

    /// The folder with one folder an app.
    Path apps() {
        return folder().resolve("apps");
    }
}
