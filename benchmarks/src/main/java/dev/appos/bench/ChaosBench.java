package dev.appos.bench;

import dev.appos.process.LoadNode;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Two nodes that are killed at random, or frozen for longer than their lease, while they run instances of five steps:
/// all of them must end, every step must have worked once, and what a dead node held must be taken over.
final class ChaosBench {

    private static final int INSTANCES = 10_000;
    private static final int POOL = 16;
    private static final int STARTED_AT_ONCE = 500;
    private static final long BETWEEN_MS = 1_500;
    private static final long FROZEN_MS = 3_500;
    private static final long SEED = 18;

    private final Database database;
    private final DatabaseSettings settings;
    private final List<Process> nodes = new ArrayList<>();
    private final List<Long> killed = new ArrayList<>();
    private final List<Long> frozen = new ArrayList<>();
    private final Random chance = new Random(SEED);

    private ChaosBench(Database database, DatabaseSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /// @param arguments how many instances, if not 10,000
    static void run(String[] arguments) throws Exception {
        int instances = arguments.length > 1 ? Integer.parseInt(arguments[1]) : INSTANCES;
        Path home = Files.createTempDirectory("appos-chaos-");
        Files.createDirectories(Path.of("target"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            DatabaseSettings settings = postgres.settings(POOL);
            try (Database database = new Database(settings)) {
                new Migrations(database).applyPlatform();
                try (LoadNode desk = new LoadNode(settings, 1).months()) {
                    new ChaosBench(database, settings).rounds(desk, instances);
                }
            }
        }
    }

    private void rounds(LoadNode desk, int instances) throws Exception {
        try {
            nodes.add(LoadNode.spawn(settings));
            nodes.add(LoadNode.spawn(settings));
            Thread starter = Thread.ofPlatform().start(() -> start(desk, instances));
            while (starter.isAlive() || desk.living() > 0) {
                Thread.sleep(BETWEEN_MS);
                harm();
            }
            starter.join();
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
        tell(instances);
    }

    private static void start(LoadNode desk, int instances) {
        for (int number = 0; number < instances; number++) {
            desk.start("writing", number);
            while (number % STARTED_AT_ONCE == 0 && desk.living() > STARTED_AT_ONCE) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /// Kills or freezes one of the two, and sees how long it takes until nothing is held by it any more.
    private void harm() throws Exception {
        if (nodes.stream().anyMatch(node -> names(node).isEmpty())) {
            // One is still on its way: without another there is nobody to take anything over.
            return;
        }
        int which = chance.nextInt(nodes.size());
        Process node = nodes.get(which);
        List<UUID> held = names(node);
        long begun = System.nanoTime();
        if (chance.nextBoolean()) {
            node.destroyForcibly();
            free(held);
            killed.add(System.nanoTime() - begun);
            nodes.set(which, LoadNode.spawn(settings));
            return;
        }
        signal("-STOP", node);
        free(held);
        frozen.add(System.nanoTime() - begun);
        long left = FROZEN_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Thread.sleep(Math.max(0, left));
        signal("-CONT", node);
    }

    private List<UUID> names(Process node) {
        return database.read(sql -> sql.fetch("select id from appos.node where name = ?", "pid " + node.pid())
                .getValues("id", UUID.class));
    }

    private void free(List<UUID> held) {
        UUID[] owners = held.toArray(UUID[]::new);
        while (database.read(sql -> sql.fetchSingle(
                "select exists (select from appos.process_ready where owner = any(?))", (Object) owners)
                .into(boolean.class))) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void signal(String name, Process node) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(node.pid())).start().waitFor();
    }

    private void tell(int instances) {
        System.out.printf("%,d instances: %d completed, %d others%n", instances,
                count("select count(*) from appos.process_instance where status = 'completed'"),
                count("select count(*) from appos.process_instance where status <> 'completed'"));
        System.out.printf("effects: %,d of %,d, done twice or by a node that had lost its instance: %d%n",
                count("select count(distinct name) from public.effect"), (long) instances * LoadNode.STEPS,
                count("select count(*) - count(distinct name) from public.effect"));
        System.out.printf("killed %d times, freed within p50 %.0f ms, p95 %.0f ms (limit 1,000)%n",
                killed.size(), at(killed, 0.5), at(killed, 0.95));
        System.out.printf("frozen %d times, freed within p50 %.0f ms, p95 %.0f ms (limit 2,500)%n",
                frozen.size(), at(frozen, 0.5), at(frozen, 0.95));
    }

    private long count(String query) {
        return database.read(sql -> sql.fetchSingle(query).into(long.class));
    }

    private static double at(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6;
    }
}
