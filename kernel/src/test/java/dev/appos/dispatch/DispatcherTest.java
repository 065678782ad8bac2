package dev.appos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.govern.Approvals;
import dev.appos.govern.Ledger;
import dev.appos.govern.Verdict;
import dev.appos.object.Access;
import dev.appos.object.Input;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Source;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import dev.appos.trace.JsonLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promises of the door, kept against a real PostgreSQL.
class DispatcherTest {

    private static final Principal.User ANA = new Principal.User("ana", Principal.Type.BASIC, Set.of("staff"));
    private static final Principal.Agent ROBOT =
            new Principal.Agent("agent:robot", ANA, List.of("careful"), Optional.empty());
    private static final Ref NOTE = new Ref("notes", "rules", "add_note");
    private static final Ref READ = new Ref("notes", "rules", "count_notes");
    private static final Ref BUMP = new Ref("notes", "rules", "bump");
    private static final Ref OUTER = new Ref("notes", "rules", "add_two");

    @TempDir
    Path folder;

    private final Database database = TestPostgres.database();
    private final Registry registry = new Registry();
    private final List<String> spent = new ArrayList<>();
    private final Map<String, UUID> approved = new HashMap<>();
    private JsonLog log;
    private Decision decision = new Decision.Allow("staff may");
    private Verdict verdict = new Verdict(Verdict.Kind.ALLOW, "careful", 1, "all", "fine");
    private boolean broke;

    @BeforeEach
    void prepare() {
        log = new JsonLog(folder);
        database.write(sql -> sql.execute("create table note (text text not null)"));
        registry.swap(new Snapshot(
                Map.of(), List.of(rule(NOTE), rule(READ), rule(OUTER), rule(BUMP)), Map.of(), List.of(), Map.of()));
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void a_call_that_is_let_in_does_its_work_once_and_answers() {
        assertThat(door().dispatch(by(ANA), add("one"))).isEqualTo("one");
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void a_denied_call_changes_nothing_and_leaves_a_row_with_the_rule() {
        decision = new Decision.Deny("no group may", false);

        assertThatThrownBy(() -> door().dispatch(by(ANA), add("one")))
                .isInstanceOf(Refusal.class)
                .hasMessage("notes.rules.add_note.run is not allowed: no group may.");

        assertThat(notes()).isEmpty();
        assertThat(audit()).containsExactly("ana deny no group may");
    }

    @Test
    void a_hidden_denial_reads_exactly_like_an_object_that_does_not_exist() {
        decision = new Decision.Deny("secret", true);
        Refusal hidden = refusal(() -> door().dispatch(by(ANA), add("one")));
        Ref nowhere = new Ref("notes", "rules", "nowhere");
        Refusal unknown =
                refusal(() -> door().dispatch(by(ANA), Call.of(nowhere, new Input.Run(Map.of()))));

        assertThat(hidden.reason()).isEqualTo(Reason.NOT_FOUND).isEqualTo(unknown.reason());
        assertThat(hidden.getMessage()).isEqualTo(unknown.getMessage().replace("nowhere", "add_note"));
        assertThat(hidden.remedy()).isEqualTo(unknown.remedy());
    }

    @Test
    void a_failure_rolls_everything_back_and_is_known_by_its_execution_id() {
        assertThatThrownBy(() -> door().dispatch(by(ANA), add("fail")))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.executionId()).isEqualTo("exec_ana"));
        assertThat(notes()).isEmpty();
    }

    @Test
    void the_same_key_gets_the_same_answer_and_runs_once() {
        Call keyed = new Call(NOTE, new Input.Run(Map.of("text", "one")), Optional.of("k1"));
        assertThat(door().dispatch(by(ANA), keyed)).isEqualTo("one");
        assertThat(door().dispatch(by(ANA), keyed)).isEqualTo("one");
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void a_key_used_for_another_call_is_refused() {
        door().dispatch(by(ANA), new Call(NOTE, new Input.Run(Map.of("text", "one")), Optional.of("k1")));
        Call other = new Call(NOTE, new Input.Run(Map.of("text", "two")), Optional.of("k1"));

        assertThat(refusal(() -> door().dispatch(by(ANA), other)).reason()).isEqualTo(Reason.INVALID);
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void a_key_belongs_to_the_principal_who_chose_it() {
        Principal bob = new Principal.User("bob", Principal.Type.BASIC, Set.of());
        Call keyed = new Call(NOTE, new Input.Run(Map.of("text", "one")), Optional.of("k1"));
        door().dispatch(by(ANA), keyed);
        door().dispatch(by(bob), keyed);
        assertThat(notes()).hasSize(2);
    }

    @Test
    void a_hundred_calls_at_once_under_one_key_do_the_work_once() throws Exception {
        Call keyed = new Call(NOTE, new Input.Run(Map.of("text", "one")), Optional.of("k1"));
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Object>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return door().dispatch(by(ANA), keyed);
                }));
            }
            go.countDown();
            for (Future<Object> answer : answers) {
                assertThat(answer.get()).isEqualTo("one");
            }
        }
        assertThat(notes()).containsExactly("one");
    }

    @Test
    void a_call_inside_a_call_shares_its_transaction() {
        assertThatThrownBy(() -> door().dispatch(by(ANA), Call.of(OUTER, new Input.Run(Map.of("text", "fail")))))
                .isInstanceOf(Failure.class);
        assertThat(notes()).as("the first note went with the second").isEmpty();

        door().dispatch(by(ANA), Call.of(OUTER, new Input.Run(Map.of("text", "two"))));
        assertThat(notes()).containsExactly("first", "two");
    }

    @Test
    void calls_that_read_and_then_write_lose_none_of_each_others_changes() throws Exception {
        database.write(sql -> sql.execute("create table counter (value int not null)"));
        database.write(sql -> sql.execute("insert into counter values (0)"));
        List<Future<Object>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> door().dispatch(by(ANA), Call.of(BUMP, new Input.Run(Map.of())))));
            }
        }
        List<Object> given = new ArrayList<>();
        for (Future<Object> answer : answers) {
            given.add(answer.get());
        }
        assertThat(given).doesNotHaveDuplicates().hasSize(20).contains(20);
        int counted = database.read(sql -> sql.fetchSingle("select value from counter").get(0, Integer.class));
        assertThat(counted).isEqualTo(20);
    }

    @Test
    void a_reading_call_cannot_write_through_another() {
        Call reading = Call.of(READ, new Input.Run(Map.of("through", true)));
        assertThat(refusal(() -> door().dispatch(by(ANA), reading)).getMessage()).contains("only reads");
        assertThat(notes()).isEmpty();
    }

    @Test
    void an_agent_whose_policy_denies_is_refused_before_anything_happens() {
        verdict = new Verdict(Verdict.Kind.DENY, "careful", 3, "no_notes", "notes are closed");

        Refusal refusal = refusal(() -> door().dispatch(by(ROBOT), add("one")));

        assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal).hasMessageContaining("notes are closed");
        assertThat(notes()).isEmpty();
        assertThat(spent).isEmpty();
        assertThat(audit()).containsExactly("agent:robot deny no_notes");
    }

    @Test
    void an_agent_that_needs_approval_is_held_and_then_succeeds_once() {
        verdict = new Verdict(Verdict.Kind.ASK, "careful", 3, "ask_first", "a person decides");

        Refusal held = refusal(() -> door().dispatch(by(ROBOT), add("one")));
        assertThat(held.reason()).isEqualTo(Reason.HELD);
        assertThat(notes()).isEmpty();

        approved.put(add("one").digest(), UUID.fromString(held.approval().orElseThrow()));
        assertThat(door().dispatch(by(ROBOT), add("one"))).isEqualTo("one");
        assertThat(refusal(() -> door().dispatch(by(ROBOT), add("one"))).reason()).isEqualTo(Reason.HELD);
        assertThat(notes()).containsExactly("one");
        assertThat(audit()).containsExactly(
                "agent:robot ask ask_first", "agent:robot allow ask_first", "agent:robot ask ask_first");
    }

    @Test
    void an_approval_for_one_argument_does_not_let_another_through() {
        verdict = new Verdict(Verdict.Kind.ASK, "careful", 3, "ask_first", "a person decides");
        approved.put(add("one").digest(), UUID.randomUUID());

        assertThat(refusal(() -> door().dispatch(by(ROBOT), add("two"))).reason()).isEqualTo(Reason.HELD);
        assertThat(notes()).isEmpty();
    }

    @Test
    void an_agent_without_budget_is_stopped_and_the_refusal_is_kept() {
        broke = true;
        assertThat(refusal(() -> door().dispatch(by(ROBOT), add("one"))).reason()).isEqualTo(Reason.OVER_BUDGET);
        assertThat(notes()).isEmpty();
        assertThat(audit()).containsExactly("agent:robot over_budget budget");
    }

    @Test
    void what_was_reserved_for_a_call_is_settled_or_given_back() {
        door().dispatch(by(ROBOT), add("one"));
        assertThatThrownBy(() -> door().dispatch(by(ROBOT), add("fail"))).isInstanceOf(Failure.class);
        assertThat(spent).containsExactly("reserve", "settle", "reserve", "release");
    }

    private Dispatcher door() {
        Engine rules = (_, definition, input) -> {
            Map<String, Object> given = ((Input.Run) input).arguments();
            return switch (definition.ref().name()) {
                case "add_note" -> new Operation.Write(permit -> write(permit.sql(), (String) given.get("text")));
                case "add_two" -> new Operation.Write(permit -> {
                    permit.call(add("first"));
                    return permit.call(add((String) given.get("text")));
                });
                case "bump" -> new Operation.Write(permit -> {
                    int next = permit.sql().fetchSingle("select value from counter").get(0, Integer.class) + 1;
                    permit.sql().execute("update counter set value = ?", next);
                    return next;
                });
                default -> new Operation.Read(permit -> permit.call(add("sneaked in")));
            };
        };
        Engine none = (_, _, _) -> {
            throw new IllegalStateException("not in this test");
        };
        return new Dispatcher(
                registry,
                database,
                new Judges((_, _, _, _) -> decision, (_, _, _, _) -> verdict, new OneInbox(), new OnePurse()),
                new Engines(none, rules, none, none, none),
                TestOutlets.of(new Ids(Clock.systemUTC(), new SecureRandom()), log, Clock.systemUTC()));
    }

    private static Object write(DSLContext sql, String text) {
        sql.execute("insert into note values ({0})", org.jooq.impl.DSL.val(text));
        if (text.equals("fail")) {
            throw new IllegalStateException("on purpose");
        }
        return text;
    }

    private static RuleDefinition rule(Ref ref) {
        return new RuleDefinition(
                ref, "", List.of(), "String", true, Optional.empty(), Access.UNSTATED,
                new Source("notes/rules/Rules.java", 1));
    }

    private static Call add(String text) {
        return Call.of(NOTE, new Input.Run(Map.of("text", text)));
    }

    private static Context by(Principal principal) {
        return new Context(principal, "exec_" + principal.name(), Instant.parse("2026-11-20T09:00:00Z"));
    }

    private List<String> notes() {
        return database.read(sql -> sql.fetch("select text from note order by text").getValues(0, String.class));
    }

    private List<String> audit() {
        return database.read(sql -> sql.fetch("select principal, verdict, rule from appos.audit order by id")
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2)));
    }

    private static Refusal refusal(Runnable call) {
        try {
            call.run();
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("it was not refused");
    }

    /// Approves what the test says, once each.
    private final class OneInbox implements Approvals {

        @Override
        public UUID ask(DSLContext sql, Question question) {
            return UUID.randomUUID();
        }

        @Override
        public Optional<UUID> claim(DSLContext sql, String requestedBy, String digest, Verdict asks) {
            return Optional.ofNullable(approved.remove(digest));
        }

        @Override
        public Optional<Answer> answer(DSLContext sql, UUID id) {
            return Optional.empty();
        }

        @Override
        public void withdraw(DSLContext sql, UUID id) {
            // Nobody withdraws here.
        }
    }

    /// Writes down what is asked of it.
    private final class OnePurse implements Ledger {

        @Override
        public Reservation reserve(Principal.Agent agent, long characters) {
            if (broke) {
                throw Refusal.overBudget("nothing is left", Duration.ofMinutes(1));
            }
            spent.add("reserve");
            return Reservation.NONE;
        }

        @Override
        public void settle(Reservation reservation, long characters) {
            spent.add("settle");
        }

        @Override
        public void release(Reservation reservation) {
            spent.add("release");
        }
    }
}
