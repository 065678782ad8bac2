package dev.appos.trace;

import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import java.time.Duration;
import java.time.LocalTime;

/// How the log is kept.
///
/// @param level         entries below it are not written; security entries always are
/// @param queueMax      more entries waiting than this, and the oldest are dropped, performance first
/// @param flush         the longest an entry waits for its file
/// @param batch         so many entries waiting are written at once
/// @param fileMaxBytes  a file that has grown beyond it is put aside under a number; 0: one file a day
/// @param compressDays  files older than this are compressed
/// @param retention     how long files are kept
/// @param cleanUpAt     the time of day (UTC) of compressing and deleting
public record LogSettings(
        Level level,
        int queueMax,
        Duration flush,
        int batch,
        long fileMaxBytes,
        int compressDays,
        Retention retention,
        LocalTime cleanUpAt) {

    /// Days by category.
    public record Retention(int executionDays, int performanceDays, int securityDays) {

        int days(Category category) {
            return switch (category) {
                case EXECUTION -> executionDays;
                case PERFORMANCE -> performanceDays;
                case SECURITY -> securityDays;
            };
        }
    }

    /// What holds when nothing is said.
    public static final LogSettings DEFAULT = new LogSettings(
            Level.INFO, 10_000, Duration.ofMillis(100), 50, 0, 7, new Retention(90, 30, 365), LocalTime.of(2, 0));
}
