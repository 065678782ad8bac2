package dev.appos.bench;

import dev.appos.base.Refusal;
import dev.appos.process.LoadNode;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// Every connection of a node is cut every 200 ms while it works: nothing may be lost or done twice, and afterwards the
/// pool must be well again within five seconds.
final class CutsBench {

    private static final int INSTANCES = 5_000;
    private static final int SECONDS = 60;
    private static final int POOL = 16;
    private static final int AT_ONCE = 256;
    private static final long BETWEEN_MS = 200;

    private static final String CUT = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()""";

    private CutsBench() {}

    /// @param arguments for how many seconds, and how many instances, if not 60 and 5,000
    static void run(String[] arguments) throws Exception {
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SECONDS;
        int instances = arguments.length > 2 ? Integer.parseInt(arguments[2]) : INSTANCES;
        Path home = Files.createTempDirectory("appos-cuts-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            DatabaseSettings settings = postgres.settings(POOL);
            try (Database first = new Database(settings)) {
                new Migrations(first).applyPlatform();
            }
            try (Database apart = new Database(postgres.settings(1))) {
                try (LoadNode node = new LoadNode(settings, AT_ONCE).months()) {
                    for (int number = 0; number < instances; number++) {
                        node.start("writing", number);
                    }
                    node.run();
                    measure(node, apart, seconds, instances);
                }
            }
        }
    }

    private static void measure(LoadNode node, Database apart, int seconds, int instances)
            throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int cuts = 0;
        while (System.nanoTime() < end) {
            cuts += apart.read(sql -> sql.fetch(CUT).size());
            Thread.sleep(BETWEEN_MS);
        }
        long over = System.nanoTime();
        while (!well(node)) {
            LockSupport.parkNanos(10_000_000);
        }
        double healthy = (System.nanoTime() - over) / 1e6;
        while (node.living() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
        System.out.printf("%,d connections cut in %d s; well again after %.0f ms (limit 5,000)%n",
                cuts, seconds, healthy);
        System.out.printf("%,d instances: %,d completed; effects %,d of %,d, twice: %d%n", instances,
                count(apart, "select count(*) from appos.process_instance where status = 'completed'"),
                count(apart, "select count(distinct name) from public.effect"), (long) instances * LoadNode.STEPS,
                count(apart, "select count(*) - count(distinct name) from public.effect"));
    }

    private static boolean well(LoadNode node) {
        try {
            for (int i = 0; i < POOL; i++) {
                node.database().read(sql -> sql.fetch("select 1"));
            }
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    private static long count(Database database, String query) {
        return database.read(sql -> sql.fetchSingle(query).into(long.class));
    }
}
