package dev.appos.process;

import dev.appos.store.Database;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/// Keeps the tables of processes in order: a table for each month ahead of its time, and old months in the archive.
///
/// Each node does it; who comes second finds it done. What fails is tried again an hour later, and stops nothing.
public final class ProcessTables implements AutoCloseable {

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("process-tables").factory());
    private final Partitions partitions;
    private final Archive archive;
    private final BiConsumer<String, RuntimeException> failed;

    /// @param archiveAfterDays how long what is over stays among what lives
    /// @param failed           hears of what failed and is tried again
    public ProcessTables(
            Database database, Clock clock, IntSupplier archiveAfterDays, BiConsumer<String, RuntimeException> failed) {
        this.partitions = new Partitions(database, clock);
        this.archive = new Archive(database, clock, archiveAfterDays);
        this.failed = failed;
    }

    /// Makes what is missing now, and looks again each hour.
    public void start() {
        noted(partitions::make);
        thread.scheduleWithFixedDelay(() -> {
            noted(partitions::make);
            noted(archive::keep);
        }, 0, 1, TimeUnit.HOURS);
    }

    private void noted(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            failed.accept("process tables", failure);
        }
    }

    /// Waits for what is being moved.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException _) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
