package dev.appos.bench;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.identity.Users;
import dev.appos.object.Access;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Source;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Coherence;
import dev.appos.secure.CoherenceSettings;
import dev.appos.secure.Decision;
import dev.appos.secure.Directory;
import dev.appos.secure.GrantPattern;
import dev.appos.secure.Grants;
import dev.appos.secure.GroupGuard;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Node A revokes, node B uses without a pause: how many uses were let in that began after the revoke was acknowledged.
/// Beside it the same with a node that trusts its memory for an hour, and one that waits for nobody.
final class RevokeBench {

    private static final int ROUNDS = 1_000;
    private static final int CONTROL_ROUNDS = 50;
    private static final int USES_AFTERWARDS = 500;
    private static final int POOL = 4;
    private static final CoherenceSettings USUAL = CoherenceSettings.DEFAULT;
    private static final CoherenceSettings CARELESS = new CoherenceSettings(
            Duration.ofMillis(300), Duration.ofHours(1), Duration.ZERO, USUAL.patience());
    private static final String REF = "crm.records.customer";

    private final Database database;
    private final DatabaseSettings settings;
    private final Grants grants = new Grants(Clock.systemUTC());
    private final Definition customer = RecordDefinition.of(
            Ref.of(REF), List.of(), Access.UNSTATED, new Source("bench", 1));
    private final Snapshot snapshot = new Snapshot(
            Map.of("crm", new AppDefinition(
                    "crm", "CRM", "", List.of("users"), Set.of(), Set.of(), Optional.empty())),
            List.of(customer), Map.of(), List.of(), Map.of());

    private RevokeBench(DatabaseSettings settings) {
        this.settings = settings;
        this.database = new Database(settings);
    }

    /// One node's memory.
    private record Node(Database database, Coherence coherence, Directory directory) implements AutoCloseable {

        static Node of(DatabaseSettings settings, CoherenceSettings lease) {
            Database database = new Database(settings);
            Coherence coherence = new Coherence(database, lease, System::nanoTime);
            Node node = new Node(database, coherence, new Directory(database, coherence));
            coherence.start();
            return node;
        }

        @Override
        public void close() {
            coherence.close();
            database.close();
        }
    }

    static void run() throws Exception {
        Path home = Files.createTempDirectory("appos-revoke-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            new RevokeBench(postgres.settings(POOL)).measure();
        }
    }

    private void measure() throws InterruptedException {
        try (database) {
            new Migrations(database).applyPlatform();
            people();
            System.out.println("with the lease:");
            rounds(USUAL, ROUNDS);
            System.out.println("control, without it:");
            rounds(CARELESS, CONTROL_ROUNDS);
        }
    }

    private void people() {
        Users users = new Users(new Ids(Clock.systemUTC(), new SecureRandom()), Clock.systemUTC());
        Groups groups = new Groups(Clock.systemUTC());
        database.write(sql -> {
            Users.Profile profile = new Users.Profile(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            users.create(sql, "ana", profile, Optional.empty(), "bench");
            return groups.create(
                    sql, new Groups.Group("users", "security", "", true, List.of(), List.of("ana")), "bench");
        });
    }

    private void rounds(CoherenceSettings lease, int rounds) throws InterruptedException {
        try (Node a = Node.of(settings, lease);
                Node b = Node.of(settings, lease)) {
            GroupGuard guard = new GroupGuard(b.directory());
            Principal ana = b.directory().find("ana").orElseThrow();
            long[] took = new long[rounds];
            long after = 0;
            long before = 0;
            for (int round = 0; round < rounds; round++) {
                change(a, true);
                b.directory().refresh();
                CountDownLatch using = new CountDownLatch(1);
                CompletableFuture<Boolean> revoked = new CompletableFuture<>();
                CompletableFuture<long[]> counted =
                        CompletableFuture.supplyAsync(() -> use(guard, ana, using, revoked));
                using.await();
                long start = System.nanoTime();
                change(a, false);
                took[round] = System.nanoTime() - start;
                revoked.complete(true);
                before += counted.join()[0];
                after += counted.join()[1];
            }
            Arrays.sort(took);
            System.out.printf(
                    "  rounds %d, accepted before %,d, accepted after acknowledged %d, revoke p50 %d ms, max %d ms%n",
                    rounds, before, after, took[rounds / 2] / 1_000_000, took[rounds - 1] / 1_000_000);
        }
    }

    private long[] use(GroupGuard guard, Principal ana, CountDownLatch using, CompletableFuture<Boolean> revoked) {
        long[] accepted = new long[2];
        for (int late = 0; late < USES_AFTERWARDS; ) {
            boolean done = revoked.isDone();
            boolean let = guard.decide(ana, snapshot, customer, Permission.VIEW) instanceof Decision.Allow;
            late += done ? 1 : 0;
            accepted[done ? 1 : 0] += let ? 1 : 0;
            using.countDown();
        }
        return accepted;
    }

    private void change(Node node, boolean grant) {
        node.database().write(sql -> {
            if (grant) {
                grants.add(sql, "users", GrantPattern.of(REF), List.of(Permission.VIEW), "bench");
            } else {
                grants.remove(sql, "users", GrantPattern.of(REF), List.of(Permission.VIEW));
            }
            return node;
        });
        node.directory().refresh();
    }
}
