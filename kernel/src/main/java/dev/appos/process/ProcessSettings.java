package dev.appos.process;

import java.time.Duration;
import java.util.function.Supplier;

/// How much of the work one node does.
///
/// @param atOnce    instances that run at a time; waiting ones do not count
/// @param closeWait how long closing waits for steps that are running
public record ProcessSettings(int atOnce, Supplier<Duration> closeWait) {

    public static final ProcessSettings DEFAULT = new ProcessSettings(256, () -> Duration.ofSeconds(10));
}
