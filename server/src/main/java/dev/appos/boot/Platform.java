package dev.appos.boot;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.AppWatcher;
import dev.appos.authoring.Compilation;
import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.cache.Changes;
import dev.appos.cache.LocalCache;
import dev.appos.cache.RateLimiter;
import dev.appos.cache.RedisCache;
import dev.appos.cache.SharedCache;
import dev.appos.constant.ConstantEngine;
import dev.appos.constant.ConstantRules;
import dev.appos.data.ImportParts;
import dev.appos.data.Importing;
import dev.appos.data.Uploads;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.Outlets;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Policies;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.identity.Accounts;
import dev.appos.identity.Identities;
import dev.appos.identity.IdentitySettings;
import dev.appos.identity.OidcLogins;
import dev.appos.identity.Predefined;
import dev.appos.identity.ServerSecret;
import dev.appos.insight.Health;
import dev.appos.insight.HealthSettings;
import dev.appos.insight.Insight;
import dev.appos.insight.Keeper;
import dev.appos.insight.Metrics;
import dev.appos.object.PlatformDefinition;
import dev.appos.operations.Operations;
import dev.appos.operations.SettingRules;
import dev.appos.operations.TraceOperations;
import dev.appos.process.ProcessCounts;
import dev.appos.process.ProcessEngine;
import dev.appos.process.ProcessParts;
import dev.appos.process.ProcessRules;
import dev.appos.process.ProcessRunner;
import dev.appos.process.ProcessTables;
import dev.appos.process.VersionRules;
import dev.appos.record.AppSchema;
import dev.appos.record.EventRunner;
import dev.appos.record.LiveFeed;
import dev.appos.record.RecordEngine;
import dev.appos.record.SmallTables;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.rule.RuleEngine;
import dev.appos.schedule.Scheduler;
import dev.appos.secure.Coherence;
import dev.appos.secure.CoherenceSettings;
import dev.appos.secure.Directory;
import dev.appos.secure.GroupGuard;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import dev.appos.trace.AuditChain;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.Meters;
import dev.appos.trace.Redaction;
import dev.appos.trace.Spans;
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
import java.util.function.Consumer;

/// A running platform: every part made by its constructor and handed to the next.
///
/// Read from top to bottom it is the house from the ground up. What needs closing is closed in the opposite order.
public final class Platform implements AutoCloseable {

    /// What the platform calls itself. "3" after two generations of designs it continues.
    public static final String VERSION = "3.0.0";

    /// Connections for following what other nodes change.
    private static final int FOLLOWING = 2;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Settings settings;
    private final Clock clock;
    private final Ids ids;
    private final Database database;
    private final Registry registry = new Registry();
    private final IdentitySettings identity;
    private final Identities identities;
    private final OidcLogins oidc;
    private final JsonLog log;
    private final Meters meters;
    private final AppCompiler compiler;
    private final Apps apps;
    private final Upkeep upkeep;
    private final ProcessRunner runner;
    private final RecordLife life;
    private final Starts starts;
    private final Dispatcher dispatcher;
    private final SharedCache cache;
    private final RateLimiter limiter;
    private final Importing importing;
    private final Health health;
    private final Documents documents;

    /// Builds everything up to the door: the database is running and migrated, the apps are live.
    ///
    /// @throws dev.appos.base.Refusal in one sentence, when something outside stands in the way
    public Platform(Settings settings, Clock clock) {
        this(settings, clock, Redaction.ON, Traces.spans());
    }

    /// Only tests choose what is kept out of the log, and where spans go.
    Platform(Settings settings, Clock clock, Redaction redaction, Spans spans) {
        this.settings = settings;
        this.clock = clock;
        this.compiler = new AppCompiler(settings.environment());
        // Compiling takes as long as starting PostgreSQL; the two do not know each other.
        CompletableFuture<Compilation> compiling =
                CompletableFuture.supplyAsync(() -> compiler.compile(settings.apps()));
        try {
            // Closed last of all: what still runs then may have something to say to other servers.
            cache = later(cache());
            limiter = new RateLimiter(cache, later(new LocalCache(System::nanoTime)), clock);
            DatabaseSettings postgres = postgres();
            database = later(new Database(postgres));
            new Migrations(database).applyPlatform();
            log = later(new JsonLog(settings.logs(), settings.log(), redaction));
            later(() -> note("platform_shutdown"));
            ids = new Ids(clock, new SecureRandom());
            meters = later(new Meters(clock));
            documents = later(new Documents(settings, ids, clock));
            ServerSecret secret = SecretFile.read(settings.state());
            secret.agree(database, clock);
            Outlets outlets = outlets(later(spans), secret);
            new Predefined(ids, clock).ensure(database);
            Coherence coherence = coherence(postgres);
            Directory directory = new Directory(database, coherence);
            identity = settings.identity();
            Accounts accounts = Accounts.of(identity, secret, ids, clock);
            identities = later(new Identities(database, directory, accounts, ids, clock));
            oidc = new OidcLogins(database, directory, accounts, identities, ids, clock);
            GroupGuard guard = new GroupGuard(directory);
            Policies policies = new Policies(coherence, clock);
            PolicyGovernor governor = new PolicyGovernor(policies, registry);
            StoredApprovals approvals = new StoredApprovals(ids, clock);
            Judges judges = new Judges(
                    guard, governor, approvals, new StoredLedger(database, clock, settings::callCents));
            upkeep = later(new Upkeep(log, clock, settings.lookEvery()));
            upkeep.start(directory, policies, identities);
            runner = later(runner(approvals, secret));
            life = later(life());
            starts = later(starts(directory));
            Changes changes = new Changes(cache);
            List<PlatformRule> rules = new ArrayList<>(new ProcessRules().all());
            rules.addAll(new ConstantRules(settings.environment().word(), changes).all());
            health = later(health());
            rules.addAll(seeing(outlets));
            rules.addAll(new Operations(new Operations.Parts(
                    directory, guard, accounts, policies, governor, approvals, ids, clock)).all());
            importing = later(importing());
            rules.addAll(importing.all());
            rules.addAll(setting(guard));
            PlatformEngine platform = new PlatformEngine(rules);
            dispatcher = new Dispatcher(registry, database, judges, engines(changes, directory, platform), outlets);
            registry.swap(Snapshot.EMPTY.with(platform.definitions()));
            apps = apps(platform.definitions(), new AppGroups(database, directory, clock));
            apps.take(compiled(compiling));
            later(keeper(upkeep)).start();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /// What every call leaves behind, and what keeps that in order.
    private Outlets outlets(Spans spans, ServerSecret secret) {
        AuditSeal seal = new AuditSeal(secret.key(AuditSeal.PURPOSE));
        Traces.measure(meters, log, database);
        AuditChain chain = new AuditChain(database, seal, log, clock);
        later(new Traces(log, chain, settings.log(), clock)).start();
        return new Outlets(ids, log, seal, meters, spans, clock, settings::repeatable);
    }

    private Importing importing() {
        Uploads uploads = new Uploads(settings.state().resolve("imports"), settings.largestImport());
        return new Importing(
                new ImportParts(database, registry, identities::principal, uploads, ids, log, clock));
    }

    private ProcessRunner runner(StoredApprovals approvals, ServerSecret secret) {
        ProcessParts parts = new ProcessParts(
                database, registry, approvals, identities::principal, ids, secret, log, clock);
        Traces.measure(meters, new ProcessCounts(parts));
        ProcessRunner made = new ProcessRunner(parts, settings.processes());
        OtherEngine.of(settings, secret).ifPresent(made::handTo);
        upkeep.tend(made::tend);
        return made;
    }

    private RecordLife life() {
        return new RecordLife(
                new EventRunner.Parts(database, identities::principal, log, clock), ids, upkeep::note);
    }

    private Starts starts(Directory directory) {
        return new Starts(
                new Scheduler.Parts(database, registry, identities::principal, ids, log, clock), directory);
    }

    /// What tells people what goes on, and lets them take it back.
    private List<PlatformRule> seeing(Outlets outlets) {
        List<PlatformRule> rules = new ArrayList<>(new TraceOperations(log, outlets.seal(), meters).all());
        rules.addAll(documents.rules());
        rules.addAll(new VersionRules(runner).all());
        rules.addAll(new Insight(registry, health, Metrics.of(meters), ids, clock).all());
        rules.addAll(life.rules());
        rules.addAll(starts.rules());
        return rules;
    }

    /// What lets administrators change settings, and the rhythm in which changed files are seen.
    private List<PlatformRule> setting(GroupGuard guard) {
        SettingsWatch watch = new SettingsWatch(settings.live(), database, registry, log, clock);
        watch.look();
        upkeep.follow(watch::look);
        return new SettingRules(settings.live(), guard, watch::look, clock).all();
    }

    private Apps apps(List<PlatformDefinition> platform, AppGroups groups) {
        AppSchema schema = new AppSchema(new Migrations(database), settings.migrations());
        Consumer<Snapshot> beforeLive = groups::ensure;
        return new Apps(
                settings, database, schema, registry, platform,
                beforeLive.andThen(runner::keep).andThen(starts::ensure), log, clock);
    }

    private Health health() {
        return new Health(
                new Health.Facts(VERSION, settings.environment().word(), clock.instant()), HealthSettings.DEFAULT,
                clock);
    }

    private Keeper keeper(Upkeep rhythm) {
        return new Keeper(new Keeper.Parts(
                registry, database, Metrics.of(meters), ids, clock, settings.state(),
                failure -> rhythm.note("insight", failure)));
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
        LiveFeed feed = later(new LiveFeed(database, failure -> upkeep.note("live", failure)));
        upkeep.forget(feed::forget);
        Routes routes = new Routes(
                new Routes.Parts(
                        dispatcher, registry, identities, oidc, identity, health, meters,
                        new Routes.Files(documents.intake(), importing.uploads(), importing.rejects()), ids, clock),
                VERSION, http, feed);
        HealthChecks checks =
                new HealthChecks(health).database(database).log(log).disk(settings.state()).apps(registry);
        if (settings.redis().isPresent()) {
            checks.redis(cache);
        }
        checks.processes(runner);
        // Closed after the server: what waits for a compilation must not keep it open.
        AppWatcher watcher = later(apps.watch(compiler));
        later(new ProcessTables(database, clock, settings::archiveAfterDays, upkeep::note)).start();
        runner.start(dispatcher);
        starts.start(dispatcher);
        importing.start(dispatcher);
        documents.start(dispatcher, upkeep::note);
        life.start(dispatcher);
        health.start();
        Server server = later(new Server(http, routes, limiter, log, clock));
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

    /// Apart from the pool: whoever waits to hear what is allowed may hold the last connection of it.
    private Coherence coherence(DatabaseSettings postgres) {
        Database apart = later(new Database(new DatabaseSettings(
                postgres.jdbcUrl(), postgres.user(), postgres.password(), FOLLOWING)));
        Coherence coherence = later(new Coherence(apart, CoherenceSettings.DEFAULT, System::nanoTime));
        coherence.start();
        return coherence;
    }

    private DatabaseSettings postgres() {
        return settings.database()
                .orElseGet(() -> later(EmbeddedPostgres.start(settings.state()))
                        .settings(settings.pool().most())
                        .with(settings.pool()));
    }

    private Engines engines(Changes changes, Directory directory, PlatformEngine platform) {
        RecordEngine records = new RecordEngine(changes, life::nudge);
        upkeep.measure(() -> records.measured(SmallTables.of(database)));
        return new Engines(
                records, new RuleEngine(changes, directory::version),
                new ConstantEngine(settings.environment().word()), new ProcessEngine(ids, runner),
                new ScreenEngine(settings::pageSize), documents.engine(), platform);
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
        log.system(Level.INFO, clock.instant(), event, Map.of(
                "version", VERSION, "environment", settings.environment().word()));
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
