package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
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
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.govern.Verdict;
import dev.appos.object.Input;
import dev.appos.record.AppSchema;
import dev.appos.record.RecordEngine;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.store.Migrations;
import dev.appos.store.TestPostgres;
import dev.appos.trace.JsonLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a kept answer is given again, and when never. Each rule answers its execution id: who sees an older one was
/// given an answer that was kept.
final class RuleCacheTest {

    private static final Principal ANA = new Principal.User("ana", Principal.Type.BASIC, Set.of());
    private static final Principal BEN = new Principal.User("ben", Principal.Type.BASIC, Set.of());
    private static final Principal AGENT = new Principal.Agent(
            "agent:clerk", new Principal.User("ana", Principal.Type.BASIC, Set.of()), List.of(), Optional.empty());

    private static final String RULES = """
            @ExpressionRule(cacheable = true, cacheTtl = "1m")
            List<String> kept(String about) {
                return List.of(ctx.executionId(), "" + records.thing.count());
            }

            @ExpressionRule
            List<String> fresh(String about) {
                return List.of(ctx.executionId(), "" + records.thing.count());
            }

            @ExpressionRule
            List<String> addAndAsk(String about) {
                records.thing.create(t -> t.name(about));
                return rules.kept(about);
            }
            """;

    @TempDir
    private Path folder;

    private final AtomicLong rights = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final Registry registry = new Registry();
    private Database database;
    private JsonLog log;
    private Dispatcher dispatcher;
    private int calls;

    @BeforeEach
    void open() throws IOException {
        write("shop/app.yaml", "groups: [shop_users]\n");
        write("shop/records/Thing.java", "@Record(view = \"shop_users\") record Thing(String name) {}\n");
        write("shop/records/Part.java",
                "@Record(view = \"shop_users\") record Part(@BelongsTo(onDelete = CASCADE) Thing thing) {}\n");
        write("shop/rules/Rules.java", RULES);
        database = TestPostgres.database();
        log = new JsonLog(folder.resolve("logs"));
        Snapshot snapshot = compiled();
        new AppSchema(new Migrations(database), folder.resolve("migrations")).apply(database, snapshot);
        registry.swap(snapshot);
        Changes changes = new Changes(new LocalCache(System::nanoTime));
        Engine none = (_, definition, _) -> {
            throw Refusal.notFound(definition.ref().toString());
        };
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids(clock, new SecureRandom());
        dispatcher = new Dispatcher(
                registry,
                database,
                new Judges(
                        (_, _, _, _) -> new Decision.Allow("test"),
                        (_, _, _, _) -> new Verdict(Verdict.Kind.ALLOW, "none", 0, "test", ""),
                        new StoredApprovals(ids, clock),
                        new StoredLedger(database, clock, () -> 0)),
                new Engines(
                        new RecordEngine(changes), new RuleEngine(changes, rights::get, nanos::get), none, none, none),
                TestOutlets.of(ids, log, clock));
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve("apps").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Snapshot compiled() {
        return switch (new AppCompiler().compile(folder.resolve("apps"))) {
            case Compilation.Success success -> success.snapshot();
            case Compilation.Failure failure -> throw new AssertionError(failure.problems().toString());
        };
    }

    private Object call(Principal principal, String ref, Input input) {
        Context context = new Context(principal, "exec_" + ++calls, Instant.EPOCH);
        return dispatcher.dispatch(context, Call.of(Ref.of(ref), input));
    }

    @SuppressWarnings("unchecked") // as the rules above answer
    private List<String> ask(Principal principal, String rule, String about) {
        return (List<String>) call(principal, "shop.rules." + rule, new Input.Run(Map.of("about", about)));
    }

    @Test
    void the_same_user_with_the_same_inputs_is_given_the_kept_answer_and_nobody_else() {
        List<String> first = ask(ANA, "kept", "a");

        assertThat(ask(ANA, "kept", "a")).isEqualTo(first).containsExactly("exec_1", "0");
        assertThat(ask(ANA, "kept", "b")).isNotEqualTo(first);
        assertThat(ask(BEN, "kept", "a")).isNotEqualTo(first);
        assertThat(ask(ANA, "fresh", "a")).isNotEqualTo(ask(ANA, "fresh", "a"));
    }

    @Test
    void a_change_of_what_the_rule_reads_ends_it_at_once() {
        assertThat(ask(ANA, "kept", "a")).containsExactly("exec_1", "0");
        call(BEN, "shop.records.thing", new Input.CreateRecords(List.of(Map.of("name", "new"))));

        assertThat(ask(ANA, "kept", "a")).containsExactly("exec_3", "1");
        call(BEN, "shop.records.thing", new Input.DeleteRecord(1, OptionalInt.empty()));
        assertThat(ask(ANA, "kept", "a")).containsExactly("exec_5", "0");
    }

    @Test
    void a_change_of_anybodys_rights_its_time_or_new_code_ends_it() {
        assertThat(ask(ANA, "kept", "a")).first().isEqualTo("exec_1");
        rights.incrementAndGet();
        assertThat(ask(ANA, "kept", "a")).first().isEqualTo("exec_2");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(ask(ANA, "kept", "a")).first().isEqualTo("exec_2");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ask(ANA, "kept", "a")).first().isEqualTo("exec_4");
        registry.swap(compiled());
        assertThat(ask(ANA, "kept", "a")).first().isEqualTo("exec_5");
    }

    @Test
    void an_agent_and_a_call_that_writes_are_never_given_a_kept_answer() {
        assertThat(ask(ANA, "kept", "a")).containsExactly("exec_1", "0");

        assertThat(ask(AGENT, "kept", "a")).first().isEqualTo("exec_2");
        assertThat(ask(AGENT, "kept", "a")).first().isEqualTo("exec_3");
        assertThat(ask(ANA, "add_and_ask", "a")).containsExactly("exec_4", "1");
        assertThat(ask(ANA, "kept", "a")).containsExactly("exec_5", "1");
    }

    @Test
    void what_one_caller_does_to_its_answer_no_other_sees() {
        ask(ANA, "kept", "a");
        ask(ANA, "kept", "a").add("scribbled");

        assertThat(ask(ANA, "kept", "a")).containsExactly("exec_1", "0");
    }

    @Test
    void a_rule_that_changes_data_and_a_time_that_is_none_are_refused() throws IOException {
        write("shop/rules/Rules.java", """
                @ExpressionRule(cacheable = true)
                long bad(String name) {
                    return records.thing.create(t -> t.name(name));
                }

                @ExpressionRule(cacheable = true, cacheTtl = "soon")
                long worse() {
                    return 1;
                }
                """);

        Compilation.Failure failure = (Compilation.Failure) new AppCompiler().compile(folder.resolve("apps"));
        assertThat(failure.problems().toString())
                .contains("the rule bad changes data, so its answer cannot be kept")
                .contains("\"soon\" is not a length of time");
    }
}
