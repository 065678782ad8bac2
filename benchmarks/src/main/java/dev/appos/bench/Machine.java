package dev.appos.bench;

import java.lang.management.ManagementFactory;

/// Where a figure was measured.
final class Machine {

    private Machine() {}

    static String describe() {
        return "%d processors, load %.1f, %s %s, Java %s".formatted(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version());
    }
}
