package dev.appos.boot;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.AppWatcher;
import dev.appos.authoring.Compilation;
import dev.appos.base.Ids;
import dev.appos.base.JsonLog;
import dev.appos.base.Refusal;
import dev.appos.cache.Changes;
import dev.appos.cache.LocalCache;
import dev.appos.cache.RedisCache;
import dev.appos.cache.SharedCache;
import dev.appos.constant.ConstantEngine;
import dev.appos.constant.ConstantRules;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Policies;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.operations.ObjectRules;
import dev.appos.operations.Operations;
import dev.appos.operations.SettingRules;
import dev.appos.process.ProcessEngine;
import dev.appos.process.ProcessParts;
import dev.appos.process.ProcessRules;
import dev.appos.process.ProcessRunner;
import dev.appos.record.AppSchema;
import dev.appos.record.RecordEngine;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.rule.RuleEngine;
import dev.appos.secure.Directory;
import dev.appos.secure.GroupGuard;
import dev.appos.secure.Identities;
import dev.appos.secure.Passwords;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import dev.appos.ui.ScreenEngine;
import dev.appos.web.Routes;
import dev.appos.web.Server;
import dev.appos.web.ServerSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A running platform: every part made by its constructor and handed to the next.
///
/// Read from top to bottom it is the house from the ground up. What needs closing is closed in the opposite order.
public final class Platform implements AutoCloseable {

    /// What the platform calls itself. "3" after two generations of designs it continues.
    public static final String VERSION = "3.0.0";

    private static final int PASSWORDS_AT_ONCE = 2;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Settings settings;
    private final Clock clock;
    private final Ids ids;
    private final Database database;
    private final Registry registry = new Registry();
    private final Identities identities;
    private final JsonLog log;
    private final AppCompiler compiler;
    private final Apps apps;
    private final Upkeep upkeep;
    private final ProcessRunner runner;
    private final Dispatcher dispatcher;

    /// Builds everything up to the door: the database is running and migrated, the apps are live.
    ///
    /// @throws dev.appos.base.Refusal in one sentence, when something outside stands in the way
    public Platform(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.compiler = new AppCompiler(settings.environment());
        // Compiling takes as long as starting PostgreSQL; the two do not know each other.
        CompletableFuture<Compilation> compiling =
                CompletableFuture.supplyAsync(() -> compiler.compile(settings.apps()));
        try {
            // Closed last of all: what still runs then may have something to say to other servers.
            SharedCache cache = later(cache());
            database = later(new Database(postgres()));
            new Migrations(database).applyPlatform();
            log = later(new JsonLog(settings.logs()));
            later(() -> note("platform_shutdown"));
            ids = new Ids(clock, new SecureRandom());

            Directory directory = new Directory(database);
            Passwords passwords = new Passwords(PASSWORDS_AT_ONCE);
            identities = later(new Identities(directory, passwords, settings.identity(), ids, clock));
            GroupGuard guard = new GroupGuard(directory);
            Policies policies = new Policies(database, clock);
            PolicyGovernor governor = new PolicyGovernor(policies, registry);
            StoredApprovals approvals = new StoredApprovals(ids, clock);
            StoredLedger ledger = new StoredLedger(database, clock, settings::callCents);
            Judges judges = new Judges(guard, governor, approvals, ledger);
            upkeep = later(new Upkeep(log, clock, settings.lookEvery()));
            upkeep.start(directory, policies, identities);

            runner = later(new ProcessRunner(new ProcessParts(
                    database, registry, approvals, identities::principal, ids, log, clock), settings.processes()));
            Changes changes = new Changes(cache);
            List<PlatformRule> rules = new ArrayList<>(new ProcessRules().all());
            rules.addAll(new ObjectRules(registry).all());
            rules.addAll(new ConstantRules(settings.environment().word(), changes).all());
            rules.addAll(new Operations(new Operations.Parts(
                            directory, guard, passwords, settings.identity(), policies, governor, approvals, ids,
                            clock))
                    .all());
            SettingsWatch watch = new SettingsWatch(settings.live(), database, registry, log, clock);
            watch.look();
            rules.addAll(new SettingRules(settings.live(), guard, watch::look, clock).all());
            upkeep.follow(watch::look);
            PlatformEngine platform = new PlatformEngine(rules);
            Engines engines = new Engines(
                    new RecordEngine(changes), new RuleEngine(changes, directory::version),
                    new ConstantEngine(settings.environment().word()),
                    new ProcessEngine(ids, runner), new ScreenEngine(settings::pageSize), platform);
            dispatcher = new Dispatcher(
                    registry, database, judges, engines, new Dispatcher.Outlets(ids, log, clock));

            AppSchema schema = new AppSchema(new Migrations(database), settings.migrations());
            AppGroups groups = new AppGroups(database, directory, clock);
            registry.swap(Snapshot.EMPTY.with(platform.definitions()));
            apps = new Apps(settings, database, schema, registry, platform.definitions(), groups::ensure, log, clock);
            apps.take(compiled(compiling));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /// Makes the first administrator, if there is none yet.
    ///
    /// @return the password, the first time
    public Optional<String> bootstrap(Optional<String> preset) {
        return identities.bootstrapAdmin(preset);
    }

    /// Runs processes, follows the sources and listens. Answers the port.
    ///
    /// @throws dev.appos.base.Refusal if the port is in use
    public int serve() {
        ServerSettings http = settings.server();
        Routes routes = new Routes(
                new Routes.Parts(dispatcher, registry, identities, database, ids, clock), VERSION, http);
        // Closed after the server: what waits for a compilation must not keep it open.
        AppWatcher watcher = later(apps.watch(compiler));
        Server server = later(new Server(http, routes, log, clock));
        runner.start(dispatcher);
        watcher.start();
        note("platform_startup");
        return server.port();
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public Registry registry() {
        return registry;
    }

    public Database database() {
        return database;
    }

    public JsonLog log() {
        return log;
    }

    public Ids ids() {
        return ids;
    }

    public Clock clock() {
        return clock;
    }

    /// Stops what was started, the last first: accepts nothing more, lets requests and then steps finish, writes the
    /// log to its end, and closes the pool.
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                throw new IllegalStateException("a part of the platform could not be closed", failure);
            }
        }
    }

    private DatabaseSettings postgres() {
        return settings.database()
                .orElseGet(() -> later(EmbeddedPostgres.start(settings.state()))
                        .settings(settings.pool().most())
                        .with(settings.pool()));
    }

    private SharedCache cache() {
        try {
            return settings.redis()
                    .<SharedCache>map(redis -> new RedisCache(redis, System::nanoTime))
                    .orElseGet(() -> new LocalCache(System::nanoTime));
        } catch (IllegalArgumentException _) {
            // Its message holds the whole address, and with it the password.
            throw Refusal.malformed(
                    "redis.url is no address of Redis.", "Write it like redis://localhost:6379/0.");
        }
    }

    private void note(String event) {
        log.add("system", JsonLog.Category.EXECUTION, clock.instant(), Map.of(
                "level", "INFO", "event", event, "version", VERSION, "environment", settings.environment().word()));
    }

    private <T extends AutoCloseable> T later(T part) {
        open.push(part);
        return part;
    }

    private static Compilation compiled(CompletableFuture<Compilation> compiling) {
        try {
            return compiling.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException known ? known : failure;
        }
    }
}
