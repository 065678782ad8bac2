package dev.appos.bench;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Runs one measurement by its name.
public final class Bench {

    /// Held, for the logging system would forget its level: apps that refer to each other are migrated in rounds, and
    /// what waits for the next one is reported by the library as severe.
    private static final Logger MIGRATION = Logger.getLogger("org.flywaydb");

    private Bench() {}

    /// @param arguments the name, and what the measurement itself takes
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        MIGRATION.setLevel(Level.OFF);
        String name = arguments.length == 0 ? "" : arguments[0];
        System.out.println("machine: " + Machine.describe());
        switch (name) {
            case "rest" -> RestBench.run();
            case "restricted" -> RestrictedBench.run();
            case "dispatch" -> DispatchBench.run();
            case "start" -> StartBench.run();
            case "reload" -> ReloadBench.run();
            case "revoke" -> RevokeBench.run();
            case "nodes" -> NodesBench.run(arguments);
            case "authorisation" -> AuthorisationBench.run(arguments);
            case "decision" -> DecisionBench.run();
            case "logins" -> LoginsBench.run(arguments);
            case "log" -> LogBench.run();
            case "growth" -> GrowthBench.run(arguments);
            case "import" -> ImportBench.run(arguments);
            case "steps" -> StepsBench.run(arguments);
            case "sleepers" -> SleepersBench.run(arguments);
            case "chaos" -> ChaosBench.run(arguments);
            case "cuts" -> CutsBench.run(arguments);
            case "cron" -> CronBench.run();
            case "timers" -> TimersBench.run(arguments);
            case "floor" -> FloorMain.run(arguments);
            default -> {
                System.err.println("Usage: benchmarks/run rest | restricted | dispatch | start | reload"
                        + " | revoke | nodes | authorisation | decision | logins | log | import | growth"
                        + " | steps | sleepers | chaos | cuts | cron | timers");
                System.exit(2);
            }
        }
        System.exit(0);
    }
}
