package dev.appos.bench;

import dev.appos.secure.Differential;
import dev.appos.secure.Differential.Mistake;
import dev.appos.secure.Differential.Outcome;
import java.util.concurrent.ThreadLocalRandom;

/// Ten million random authorisations against an independent oracle, and beside them runs with a planted mistake.
final class AuthorisationBench {

    private static final long CASES = 10_000_000;
    private static final long CONTROL_CASES = 100_000;

    private AuthorisationBench() {}

    /// @param arguments the name of the measurement, and optionally a seed and a number of cases
    static void run(String[] arguments) {
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : ThreadLocalRandom.current().nextLong();
        long cases = arguments.length > 2 ? Long.parseLong(arguments[2]) : CASES;
        System.out.println("seed " + seed);
        Outcome outcome = Differential.run(seed, cases, Mistake.NONE);
        System.out.printf(
                "cases %,d, allowed %,d, mismatches %d%n", outcome.cases(), outcome.allowed(), outcome.different());
        outcome.mismatches().forEach(System.out::println);
        for (Mistake mistake : Mistake.values()) {
            if (mistake != Mistake.NONE) {
                Outcome control = Differential.run(seed, CONTROL_CASES, mistake);
                System.out.printf(
                        "control, %s: mismatches %,d in %,d%n", mistake, control.different(), control.cases());
            }
        }
    }
}
