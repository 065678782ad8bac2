package dev.appos.bench;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Runs one measurement by its name.
public final class Bench {

    private Bench() {}

    /// @param arguments the name, and what the measurement itself takes
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        String name = arguments.length == 0 ? "" : arguments[0];
        System.out.println("machine: " + Machine.describe());
        switch (name) {
            case "rest" -> RestBench.run();
            case "dispatch" -> DispatchBench.run();
            case "start" -> StartBench.run();
            case "reload" -> ReloadBench.run();
            case "floor" -> FloorMain.run(arguments);
            default -> {
                System.err.println("Usage: benchmarks/run rest | dispatch | start | reload");
                System.exit(2);
            }
        }
        System.exit(0);
    }
}
