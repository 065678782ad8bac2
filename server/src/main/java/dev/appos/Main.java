package dev.appos;

import dev.appos.cli.Appos;
import java.time.Clock;

/// Where the program begins. The one clock of the process is made here.
public final class Main {

    private Main() {}

    /// Runs the command line and ends with its exit code.
    public static void main(String[] arguments) {
        System.exit(Appos.run(arguments, Clock.systemUTC()));
    }
}
