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
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// One decision of the guard with 1,000 grants, 200 groups and 50 groups of the user: asked before, and asked for the
/// first time after a change. The limit for the former is 200 ns. The look at the lease is part of both.
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBench {

    private static final int GROUPS = 200;
    private static final int GROUPS_OF_USER = 50;
    private static final int GRANTS = 1_000;
    private static final int OBJECTS = 400;
    private static final int SECONDS = 2;
    private static final int POOL = 4;
    private static final int MASK = 0xffff;
    private static final Permission[] PERMISSIONS = Permission.values();

    private final List<Definition> objects = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private Database database;
    private Coherence coherence;
    private GroupGuard guard;
    private GroupGuard fresh;
    private Directory directory;
    private Principal ana;
    private Snapshot snapshot;
    private int next;

    /// Fills the tables.
    @Setup(Level.Trial)
    public void prepare() throws Exception {
        postgres = EmbeddedPostgres.start(Files.createTempDirectory("appos-decision-"));
        database = new Database(postgres.settings(POOL));
        new Migrations(database).applyPlatform();
        for (int i = 0; i < OBJECTS; i++) {
            objects.add(RecordDefinition.of(
                    new Ref("crm", "records", "r" + i), List.of(), Access.UNSTATED, new Source("bench", 1)));
        }
        snapshot = new Snapshot(
                Map.of("crm", new AppDefinition(
                        "crm", "CRM", "", List.of("g0"), Set.of(), Set.of(), Optional.empty())),
                objects, Map.of(), List.of(), Map.of());
        database.write(sql -> {
            new Users(new Ids(Clock.systemUTC(), new SecureRandom()), Clock.systemUTC()).create(
                    sql, "ana",
                    new Users.Profile(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                    Optional.empty(), "bench");
            for (int i = 0; i < GROUPS; i++) {
                new Groups(Clock.systemUTC()).create(
                        sql,
                        new Groups.Group(
                                "g" + i, "team", "", true, List.of(), i < GROUPS_OF_USER ? List.of("ana") : List.of()),
                        "bench");
            }
            for (int i = 0; i < GRANTS; i++) {
                String ref = i % 20 == 0 ? "crm.r" + i % 40 + "*" : "crm.records.r" + i % OBJECTS;
                new Grants(Clock.systemUTC()).add(
                        sql, "g" + i % GROUPS, GrantPattern.of(ref), List.of(PERMISSIONS[i % 6]), "bench");
            }
            return sql;
        });
        coherence = new Coherence(database, CoherenceSettings.DEFAULT, System::nanoTime);
        directory = new Directory(database, coherence);
        coherence.start();
        guard = new GroupGuard(directory);
        ana = directory.find("ana").orElseThrow();
    }

    /// Stops PostgreSQL.
    @TearDown(Level.Trial)
    public void close() {
        coherence.close();
        database.close();
        postgres.close();
    }

    /// A guard that has decided nothing yet.
    @Setup(Level.Iteration)
    public void forget() {
        fresh = new GroupGuard(directory);
        next = 0;
    }

    /// Asked before: any of 400 objects, any of six permissions.
    @Benchmark
    public Decision again() {
        int i = next++;
        return guard.decide(ana, snapshot, objects.get((i & MASK) % OBJECTS), PERMISSIONS[(i & MASK) % 6]);
    }

    /// The same with everything forgotten after each round of the objects.
    @Benchmark
    public Decision first() {
        int i = next++;
        if (i % OBJECTS == 0) {
            fresh = new GroupGuard(directory);
        }
        return fresh.decide(ana, snapshot, objects.get(i % OBJECTS), Permission.UPDATE);
    }

    static void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(DecisionBench.class.getSimpleName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(SECONDS))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(SECONDS))
                        .build())
                .run();
    }
}
