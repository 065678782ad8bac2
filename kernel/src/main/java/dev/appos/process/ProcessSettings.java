package dev.appos.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// How much of the work one node does.
///
/// @param atOnce    instances that run at a time; waiting ones do not count
/// @param steps     the same, of those that steps of other processes started
/// @param scheduled the same, of those that a schedule, an event or the platform started
/// @param closeWait how long closing waits for steps that are running
/// @param resumes   whether what a stop of the server broke off goes on by itself
public record ProcessSettings(
        int atOnce, int steps, int scheduled, Supplier<Duration> closeWait, BooleanSupplier resumes) {

    public static final ProcessSettings DEFAULT = new ProcessSettings(256, () -> Duration.ofSeconds(10), () -> true);

    /// As much in each lane.
    public ProcessSettings(int atOnce, Supplier<Duration> closeWait, BooleanSupplier resumes) {
        this(atOnce, atOnce, atOnce, closeWait, resumes);
    }

    int most(Lane lane) {
        return switch (lane) {
            case DEFAULT -> atOnce;
            case STEPS -> steps;
            case SCHEDULED -> scheduled;
        };
    }
}
