package dev.appos.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps libraries from talking over the program: what goes wrong in them comes out as an exception with our own words.
final class Quiet {

    /// Held, because the logging system itself only holds loggers weakly and would forget their levels.
    private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

    private Quiet() {}

    static void libraries() {
        Logger.getLogger("").setLevel(Level.WARNING);
        MIGRATIONS.setLevel(Level.OFF);
    }
}
