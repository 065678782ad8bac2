package dev.appos.process;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.cache.Changes;
import dev.appos.cache.LocalCache;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.TestOutlets;
import dev.appos.govern.Approvals;
import dev.appos.govern.Governor;
import dev.appos.govern.Ledger;
import dev.appos.govern.Verdict;
import dev.appos.identity.ServerSecret;
import dev.appos.object.Input;
import dev.appos.registry.Registry;
import dev.appos.rule.RuleEngine;
import dev.appos.secure.Decision;
import dev.appos.secure.Guard;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.trace.JsonLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server process without its outside: door, rules, processes and a runner, on a real database.
final class TestNode implements AutoCloseable {

    static final Principal.User ANA = new Principal.User("ana", Principal.Type.BASIC, Set.of());

    /// Who may not do anything any more.
    final Set<String> banned = ConcurrentHashMap.newKeySet();

    /// What the policies of every agent say of a reference.
    final Map<String, Verdict.Kind> verdicts = new ConcurrentHashMap<>();

    final Database database;
    final Registry registry = new Registry();
    final Dispatcher dispatcher;
    final ProcessRunner runner;
    final ProcessQueries queries = new ProcessQueries();

    private final JsonLog log = new JsonLog(Path.of("target/test-process-log"));

    TestNode(DatabaseSettings settings, TestApp app) {
        this(settings, app, ProcessSettings.DEFAULT);
    }

    TestNode(DatabaseSettings settings, TestApp app, ProcessSettings work) {
        this(settings, app, work, new TestApprovals());
    }

    TestNode(DatabaseSettings settings, TestApp app, ProcessSettings work, Approvals approvals) {
        database = new Database(settings);
        database.write(sql -> {
            sql.execute("select pg_advisory_xact_lock(42)");
            sql.execute("create table if not exists public.effect (id bigserial, name text not null)");
            return sql.execute(TestApprovals.TABLE);
        });
        PlatformEngine platform = new PlatformEngine(new SignalRules().all());
        registry.swap(app.snapshot().with(platform.definitions()));
        Ids ids = new Ids(Clock.systemUTC(), new SecureRandom());
        ProcessParts parts = new ProcessParts(
                database, registry, approvals, this::principal, ids,
                new ServerSecret("of the tests, and of nobody else"), log, Clock.systemUTC());
        runner = new ProcessRunner(parts, work);
        Guard guard = (principal, _, definition, permission) -> banned.contains(principal.name())
                ? new Decision.Deny(principal.name() + " may not " + permission.word() + " " + definition.ref(), false)
                : new Decision.Allow("everyone may");
        Governor governor = (_, ref, _, _) ->
                new Verdict(verdicts.getOrDefault(ref.toString(), Verdict.Kind.ALLOW), "test", 1, "rule", "it is so");
        RuleEngine rules = new RuleEngine(new Changes(new LocalCache(System::nanoTime)), () -> 0);
        dispatcher = new Dispatcher(
                registry,
                database,
                new Judges(guard, governor, approvals, new Free()),
                new Engines(TestNode::effect, rules, new ProcessEngine(ids, runner), no(), platform),
                TestOutlets.of(ids, log, Clock.systemUTC()));
    }

    private Principal principal(String name) {
        return name.startsWith("agent:")
                ? new Principal.Agent(name, ANA, List.of("test"), Optional.empty())
                : new Principal.User(name, Principal.Type.BASIC, Set.of());
    }

    private static Operation effect(Object snapshot, Object definition, Input input) {
        Map<String, Object> row = ((Input.CreateRecords) input).rows().getFirst();
        return new Operation.Write(permit -> {
            long id = permit.sql().fetchSingle("insert into public.effect (name) values (?) returning id",
                    row.get("name")).into(long.class);
            return List.of(Map.of("id", id));
        });
    }

    private static Engine no() {
        return (_, definition, _) -> {
            throw Refusal.notFound("engine for " + definition.ref());
        };
    }

    /// Agents spend nothing here.
    private static final class Free implements Ledger {

        @Override
        public Reservation reserve(Principal.Agent agent, long characters) {
            return Reservation.NONE;
        }

        @Override
        public void settle(Reservation reservation, long characters) {}

        @Override
        public void release(Reservation reservation) {}
    }

    TestNode run() {
        runner.start(dispatcher);
        return this;
    }

    Object call(String ref, Input input) {
        return call("ana", ref, input);
    }

    Object call(String user, String ref, Input input) {
        Context context = new Context(principal(user), "exec_test", Clock.systemUTC().instant());
        return dispatcher.dispatch(context, Call.of(Ref.of(ref), input));
    }

    UUID start(String process) {
        return start("ana", process);
    }

    UUID start(String user, String process) {
        return (UUID) call(user, "crm.processes." + process, new Input.Start(Map.of("customer_id", 7)));
    }

    Map<String, Object> get(UUID id) {
        return database.read(sql -> queries.get(sql, id)).orElseThrow();
    }

    String status(UUID id) {
        return (String) get(id).get("status");
    }

    List<Map<String, Object>> steps(UUID id) {
        return database.read(sql -> queries.steps(sql, id));
    }

    Map<String, Object> step(UUID id, String path) {
        return tries(id, path).isEmpty() ? Map.of() : tries(id, path).getLast();
    }

    List<Map<String, Object>> tries(UUID id, String path) {
        return steps(id).stream().filter(step -> step.get("path").equals(path)).toList();
    }

    @SuppressWarnings("unchecked") // the shape of an error
    String error(UUID id) {
        Map<String, Object> error = (Map<String, Object>) get(id).get("error");
        return error == null ? "none" : error.get("step") + ": " + error.get("message");
    }

    List<String> effects() {
        return database.read(sql -> sql.fetch("select name from public.effect order by id").getValues(0, String.class));
    }

    int living() {
        return database.read(sql -> sql.fetchSingle("select count(*) from appos.process_ready").into(int.class));
    }

    /// Waits until the instance has this status, and says what went wrong if it does not come to it.
    void reaches(UUID id, String status) {
        if (!until(() -> status(id).equals(status))) {
            throw new AssertionError("not " + status + " but " + get(id) + " with " + steps(id));
        }
    }

    /// Waits until the instance is given up and waits for something.
    void parks(UUID id) {
        boolean parked = until(() -> database.read(sql -> sql.fetchSingle(
                "select exists (select from appos.process_ready where id = ? and owner is null and wake_at > now())",
                id).into(boolean.class)));
        if (!parked) {
            throw new AssertionError("not parked: " + get(id) + " with " + steps(id));
        }
    }

    static boolean until(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    @Override
    public void close() {
        runner.close();
        database.close();
        log.close();
    }

    /// Ends as a node does that is killed, but for its pool.
    void crash() {
        runner.crash();
    }
}
