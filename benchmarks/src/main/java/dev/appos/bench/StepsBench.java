package dev.appos.bench;

import dev.appos.process.LoadNode;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Durable steps per second: instances of five steps, 512 in flight, every row committed with full durability. Beside
/// it the hand-written minimum (an insert for each instance and each step, in group commits) and DBOS Transact for
/// Java, in one run on one PostgreSQL. Then what one step costs when it is alone, beside one commit.
final class StepsBench {

    private static final int INSTANCES = 20_000;
    private static final int IN_FLIGHT = 512;
    private static final int POOL = 32;
    private static final int ROUNDS = 2;
    private static final int STARTERS = 8;
    private static final int COMMITS = 500;

    private StepsBench() {}

    /// @param arguments how many instances, if not 20,000
    static void run(String[] arguments) throws Exception {
        int instances = arguments.length > 1 ? Integer.parseInt(arguments[1]) : INSTANCES;
        Path home = Files.createTempDirectory("appos-steps-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            DatabaseSettings settings = postgres.settings(POOL);
            try (Database database = new Database(settings);
                    LoadNode node = node(database, settings)) {
                double floor = 0;
                double ours = 0;
                double dbos = 0;
                HandWritten hand = new HandWritten(database);
                for (int round = 0; round < ROUNDS; round++) {
                    floor = Math.max(floor, told("by hand", instances, hand.run(instances, IN_FLIGHT)));
                    ours = Math.max(ours, told("AppOS", instances, seconds(node, instances)));
                    // A tenth is enough of what takes so much longer.
                    int fewer = Math.max(1, instances / 10);
                    dbos = Math.max(dbos, told("DBOS", fewer, DbosRun.seconds(database, fewer, IN_FLIGHT)));
                }
                System.out.printf("AppOS is %.2f of the minimum (limit 0.60) and %.1f times DBOS (limit 10)%n",
                        ours / floor, ours / dbos);
                lonely(node, hand);
            }
        }
    }

    private static LoadNode node(Database database, DatabaseSettings settings) {
        new Migrations(database).applyPlatform();
        return new LoadNode(settings, IN_FLIGHT).months().run();
    }

    private static double told(String who, int instances, double seconds) {
        double steps = instances * LoadNode.STEPS / seconds;
        System.out.printf("%-8s %,9.0f steps/s, %,8.0f instances/s (%,d instances of %d steps)%n",
                who, steps, instances / seconds, instances, LoadNode.STEPS);
        return steps;
    }

    private static double seconds(LoadNode node, int instances) throws Exception {
        long begun = System.nanoTime();
        Semaphore ahead = new Semaphore(4 * IN_FLIGHT);
        try (ExecutorService starters = Executors.newFixedThreadPool(STARTERS)) {
            starters.invokeAll(IntStream.range(0, instances)
                    .<Callable<Object>>mapToObj(number -> () -> {
                        ahead.acquire();
                        try {
                            return node.start("reading", number);
                        } finally {
                            ahead.release();
                        }
                    })
                    .toList());
        }
        while (node.living() > 0) {
            LockSupport.parkNanos(5_000_000);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void lonely(LoadNode node, HandWritten hand) {
        for (int round = 0; round < ROUNDS; round++) {
            LoadNode.LONELY.clear();
            node.start("lonely", 1);
            while (node.living() > 0) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        double step = middle(List.copyOf(LoadNode.LONELY));
        double commit = middle(LongStream.range(0, COMMITS).map(hand::commit).boxed().toList());
        System.out.printf("a step alone: p50 %.3f ms, one commit: p50 %.3f ms, ratio %.2f (limit 2)%n",
                step, commit, step / commit);
    }

    private static double middle(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
    }
}
