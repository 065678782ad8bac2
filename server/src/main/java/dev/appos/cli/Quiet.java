package dev.appos.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps libraries from talking over the program: what goes wrong in them comes out as an exception with our own words.
final class Quiet {

    /// Held, because the logging system itself only holds loggers weakly and would forget their levels.
    private static final List<Logger> HELD = List.of(
            Logger.getLogger("org.flywaydb"),
            Logger.getLogger("org.postgresql"),
            Logger.getLogger("org.eclipse.jetty"),
            Logger.getLogger("io.modelcontextprotocol"));

    private Quiet() {}

    static void libraries() {
        Logger.getLogger("").setLevel(Level.WARNING);
        HELD.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
