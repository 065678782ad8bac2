package dev.appos.record;

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
import dev.appos.dispatch.TestOutlets;
import dev.appos.govern.Approvals;
import dev.appos.govern.Ledger;
import dev.appos.govern.Verdict;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision;
import dev.appos.secure.Guard;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.store.Migrations;
import dev.appos.store.TestPostgres;
import dev.appos.trace.JsonLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// The door with a real database behind it and this engine in it. Everyone may do everything, except see what is
/// hidden.
final class House implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-20T09:30:00.123456Z");
    static final Principal ANA = new Principal.User("ana", Principal.Type.BASIC, Set.of("crm_users"));
    static final Principal AGENT = new Principal.Agent(
            "agent:clerk", new Principal.User("ana", Principal.Type.BASIC, Set.of()), List.of(), Optional.empty());
    static final Principal IMPORT = new Principal.Platform("import");

    final Database database = TestPostgres.database();
    final Registry registry = new Registry();
    final Dispatcher dispatcher;
    final AppSchema schema;
    final Path folder;

    /// Records nobody may view.
    final Set<Ref> hidden = new HashSet<>();

    final RecordEngine records = new RecordEngine(new Changes(new LocalCache(System::nanoTime)));

    private final JsonLog log;

    House() {
        try {
            this.folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "record-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.log = new JsonLog(folder.resolve("logs"));
        this.schema = new AppSchema(new Migrations(database), folder.resolve("migrations"));
        Guard guard = (_, _, definition, _) -> hidden.contains(definition.ref())
                ? new Decision.Deny("test", true)
                : new Decision.Allow("test");
        Engine none = (_, definition, _) -> {
            throw Refusal.notFound(definition.ref().toString());
        };
        this.dispatcher = new Dispatcher(
                registry,
                database,
                new Judges(guard, (_, _, _, _) -> new Verdict(Verdict.Kind.ALLOW, "none", 0, "test", ""), NOBODY, FREE),
                new Engines(records, none, none, none, none),
                TestOutlets.of(new Ids(Clock.systemUTC(), new SecureRandom()), log, Clock.systemUTC()));
    }

    /// Makes the tables and opens the door to them.
    House with(Snapshot snapshot) {
        Plan plan = schema.apply(database, snapshot);
        if (plan.refused()) {
            throw new AssertionError(plan.toString());
        }
        registry.swap(snapshot);
        return this;
    }

    Object call(Principal principal, Ref ref, Input input) {
        return dispatcher.dispatch(new Context(principal, "exec_test", NOW), Call.of(ref, input));
    }

    Object call(Ref ref, Input input) {
        return call(ANA, ref, input);
    }

    @SuppressWarnings("unchecked") // the answer to CreateRecords
    List<Map<String, Object>> create(Ref ref, List<Map<String, Object>> rows) {
        return (List<Map<String, Object>>) call(ref, new Input.CreateRecords(rows));
    }

    Map<String, Object> create(Ref ref, Map<String, Object> row) {
        return create(ref, List.of(row)).getFirst();
    }

    /// Forgets every row, history too, and lets everything be seen: a new beginning without new tables.
    void empty() {
        hidden.clear();
        String tables = registry.current().ofKind(RecordDefinition.class).stream()
                .flatMap(record -> Specs.of(record).stream())
                .map(TableSpec::title)
                .collect(Collectors.joining(", "));
        database.write(sql -> {
            // Only so may history be removed: the trigger that keeps it does not fire.
            sql.execute("set local session_replication_role = replica");
            return sql.execute("truncate " + tables + " restart identity cascade");
        });
    }

    long count(String text) {
        return database.read(sql -> sql.fetchSingle(text).get(0, Long.class));
    }

    @Override
    public void close() {
        log.close();
        database.close();
    }

    private static final Ledger FREE = new Ledger() {
        @Override
        public Reservation reserve(Principal.Agent agent, long characters) {
            return Reservation.NONE;
        }

        @Override
        public void settle(Reservation reservation, long characters) {}

        @Override
        public void release(Reservation reservation) {}
    };

    private static final Approvals NOBODY = new Approvals() {
        @Override
        public UUID ask(DSLContext sql, Question question) {
            throw new AssertionError("nothing is to be approved here");
        }

        @Override
        public Optional<UUID> claim(DSLContext sql, String requestedBy, String digest, Verdict asks) {
            return Optional.empty();
        }

        @Override
        public void withdraw(DSLContext sql, UUID id) {
            // Nobody withdraws here.
        }

        @Override
        public Optional<Answer> answer(DSLContext sql, UUID id) {
            return Optional.empty();
        }
    };
}
