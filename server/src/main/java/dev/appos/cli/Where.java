package dev.appos.cli;

import dev.appos.boot.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a platform keeps its state, and in which environment it runs.
final class Where {

    @Option(names = "--dir", paramLabel = "FOLDER", description = "Where .appos is kept (default: in the folder).")
    private Path dir;

    @Option(names = "--env", paramLabel = "NAME", description = "The environment; APPOS_ENV wins over it.")
    private String env;

    /// The settings of the platform in this folder, with what the command line says on top.
    ///
    /// @throws dev.appos.base.Refusal if its settings cannot be read
    Settings settings(Path folder) {
        Settings settings = Settings.read(folder, Optional.ofNullable(env), System.getenv());
        return dir == null ? settings : settings.withState(dir.toAbsolutePath().normalize().resolve(".appos"));
    }
}
