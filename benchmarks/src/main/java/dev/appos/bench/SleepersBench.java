package dev.appos.bench;

import dev.appos.process.LoadNode;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A million instances that sleep: what they cost a server in threads and memory, and how long it takes to find the few
/// that are due among them. Beside it the same server before they were there.
final class SleepersBench {

    private static final int SLEEPERS = 1_000_000;
    private static final int POOL = 16;
    private static final int AT_ONCE = 256;
    private static final int STARTS = 200;
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    /// Copies of one that went to sleep by itself.
    private static final String COPIES = """
            with ids as materialized (
                select uuidv7() as id from generate_series(1, ?)
            ), instances as (
                insert into appos.process_instance (id, process, code_hash, status, display_name, started_by,
                    triggered_by, execution_id, arguments, variables, started_at, started_with)
                select ids.id, i.process, i.code_hash, i.status, i.display_name, i.started_by, i.triggered_by,
                       i.execution_id, i.arguments, i.variables, i.started_at, i.started_with
                from ids, appos.process_instance i where i.id = ?
            ), steps as (
                insert into appos.process_step (instance_id, path, digest, status, attempt, inputs, wake_at, started_at)
                select ids.id, s.path, s.digest, s.status, s.attempt, s.inputs, s.wake_at, s.started_at
                from ids, appos.process_step s where s.instance_id = ?
            )
            insert into appos.process_ready (id, wake_at, epoch)
            select ids.id, r.wake_at, r.epoch from ids, appos.process_ready r where r.id = ?""";

    private SleepersBench() {}

    /// @param arguments how many sleepers, if not a million
    static void run(String[] arguments) throws Exception {
        int sleepers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SLEEPERS;
        Path home = Files.createTempDirectory("appos-sleepers-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            DatabaseSettings settings = postgres.settings(POOL);
            try (Database database = new Database(settings)) {
                new Migrations(database).applyPlatform();
            }
            try (LoadNode node = new LoadNode(settings, AT_ONCE).months().run()) {
                tell("before", node);
                fill(node, sleepers);
                tell("%,d asleep".formatted(sleepers), node);
            }
            try (LoadNode node = new LoadNode(settings, AT_ONCE).run()) {
                tell("after a restart", node);
            }
        }
    }

    private static void fill(LoadNode node, int sleepers) {
        Object one = node.start("sleeping", 1);
        while (node.database().read(sql -> sql.fetch(
                "select from appos.process_ready where id = ? and owner is null and wake_at > now()", one)).isEmpty()) {
            LockSupport.parkNanos(5_000_000);
        }
        int most = 50_000;
        for (int left = sleepers; left > 0; left -= most) {
            int now = Math.min(left, most);
            node.database().write(sql -> sql.execute(COPIES, now, one, one, one));
        }
        node.database().read(sql -> sql.execute("vacuum analyze appos.process_ready"));
    }

    private static void tell(String when, LoadNode node) {
        List<Long> taken = new ArrayList<>();
        int asleep = node.living();
        for (int i = 0; i < STARTS; i++) {
            long begun = System.nanoTime();
            Object id = node.start("reading", i);
            while (node.database().read(sql -> sql.fetch("select from appos.process_ready where id = ?", id))
                    .isNotEmpty()) {
                LockSupport.parkNanos(100_000);
            }
            taken.add(System.nanoTime() - begun);
        }
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        List<Long> sorted = taken.stream().sorted().toList();
        System.out.printf(
                "%-18s %,10d asleep, %3d platform threads, %d instances in threads, heap %.0f MB, start to end of five "
                        + "steps p50 %.1f ms p95 %.1f ms%n",
                when, asleep, ManagementFactory.getThreadMXBean().getThreadCount(), node.running(), heap / MEBIBYTE,
                sorted.get(STARTS / 2) / 1e6, sorted.get(STARTS * 95 / 100) / 1e6);
    }
}
