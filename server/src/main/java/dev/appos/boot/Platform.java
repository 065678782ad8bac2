package dev.appos.boot;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Ids;
import dev.appos.base.JsonLog;
import dev.appos.cache.Changes;
import dev.appos.cache.LocalCache;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
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
import dev.appos.identity.ServerSecret;
import dev.appos.operations.ObjectRules;
import dev.appos.operations.Operations;
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
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import dev.appos.ui.ScreenEngine;
import dev.appos.web.Routes;
import dev.appos.web.Server;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A running platform: every part made by its constructor and handed to the next.
///
/// Read from top to bottom it is the house from the ground up. What needs closing is closed in the opposite order.
public final class Platform implements AutoCloseable {

    /// What the platform calls itself. "3" after two generations of designs it continues.
    public static final String VERSION = "3.0.0";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Settings settings;
    private final Clock clock;
    private final Ids ids;
    private final Database database;
    private final Registry registry = new Registry();
    private final Identities identities;
    private final OidcLogins oidc;
    private final JsonLog log;
    private final AppCompiler compiler = new AppCompiler();
    private final Apps apps;
    private final ProcessRunner runner;
    private final Dispatcher dispatcher;

    /// Builds everything up to the door: the database is running and migrated, the apps are live.
    ///
    /// @throws dev.appos.base.Refusal in one sentence, when something outside stands in the way
    public Platform(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        // Compiling takes as long as starting PostgreSQL; the two do not know each other.
        CompletableFuture<Compilation> compiling =
                CompletableFuture.supplyAsync(() -> compiler.compile(settings.apps()));
        try {
            database = later(new Database(postgres()));
            new Migrations(database).applyPlatform();
            log = later(new JsonLog(settings.state().resolve("logs")));
            ids = new Ids(clock, new SecureRandom());

            Directory directory = new Directory(database);
            ServerSecret secret = SecretFile.read(
                    settings.state(), Optional.ofNullable(System.getenv(SecretFile.VARIABLE)), ids);
            secret.agree(database, clock);
            Accounts accounts = Accounts.of(settings.identity(), secret, ids, clock);
            identities = later(new Identities(database, directory, accounts, ids, clock));
            oidc = new OidcLogins(database, directory, accounts, identities, ids, clock);
            GroupGuard guard = new GroupGuard(directory);
            Policies policies = new Policies(database, clock);
            PolicyGovernor governor = new PolicyGovernor(policies, registry);
            StoredApprovals approvals = new StoredApprovals(ids, clock);
            StoredLedger ledger = new StoredLedger(database, clock, settings.callCents());
            Judges judges = new Judges(guard, governor, approvals, ledger);
            later(new Upkeep(log, clock)).start(directory, policies, identities);

            runner = later(new ProcessRunner(new ProcessParts(
                    database, registry, approvals, identities::principal, ids, log, clock)));
            List<PlatformRule> rules = new ArrayList<>(new ProcessRules().all());
            rules.addAll(new ObjectRules(registry).all());
            rules.addAll(new Operations(new Operations.Parts(
                            directory, guard, accounts, policies, governor, approvals, ids, clock))
                    .all());
            PlatformEngine platform = new PlatformEngine(rules);
            Changes changes = new Changes(later(new LocalCache(System::nanoTime)));
            Engines engines = new Engines(
                    new RecordEngine(changes), new RuleEngine(changes, directory::version),
                    new ProcessEngine(ids, runner), new ScreenEngine(), platform);
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
        Routes routes = new Routes(
                new Routes.Parts(
                        dispatcher, registry, identities, oidc, settings.identity(), database, ids, clock),
                VERSION);
        Server server = later(new Server(settings.host(), settings.port(), routes, log, clock));
        runner.start(dispatcher);
        later(apps.watch(compiler));
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

    /// Stops what was started, the last first; what is running is let finish.
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
                .orElseGet(() -> later(EmbeddedPostgres.start(settings.state())).settings(settings.poolSize()));
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
