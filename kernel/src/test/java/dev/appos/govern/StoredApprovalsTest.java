package dev.appos.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.govern.Approvals.Kind;
import dev.appos.govern.Approvals.Question;
import dev.appos.govern.StoredApprovals.Decided;
import dev.appos.object.Permission;
import dev.appos.secure.Agents;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

final class StoredApprovalsTest {

    private static final Decided YES = new Decided(true, "fine");
    private static final Verdict STRICT = new Verdict(Verdict.Kind.ASK, "strict", 1, "writes", "it writes");
    private static final Decided NO = new Decided(false, "too much");

    private final World world = new World();
    private final StoredApprovals approvals = new StoredApprovals(world.ids, world.clock);
    private Principal boss;
    private Principal ana;

    @BeforeEach
    void people() {
        boss = world.user("boss", Type.BASIC, "managers");
        ana = world.user("ana", Type.BASIC, "managers");
        world.database.write(sql -> world.agents.create(
                sql, new Agents.Plan("helper", "", "ana", false, List.of(), Optional.empty()), "test"));
        world.directory.refresh();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Question question(String digest) {
        return question(digest, STRICT);
    }

    private static Question question(String digest, Verdict asks) {
        return new Question(
                Kind.AGENT, "agent:helper wants to delete crm.records.customer", "agent:helper", "crm.records.customer",
                digest, Map.of("id", 1, "password", "hush"),
                Optional.of(asks),
                Optional.empty(), Optional.of(Permission.DELETE), Optional.empty());
    }

    private UUID ask(Question question) {
        return world.database.write(sql -> approvals.ask(sql, question));
    }

    private StoredApprovals.Asked decide(Principal principal, UUID id, Decided decided) {
        return world.database.write(sql -> approvals.decide(sql, principal, id, decided, true));
    }

    private Optional<UUID> claim(String digest) {
        return claim("agent:helper", digest);
    }

    private Optional<UUID> claim(String requestedBy, String digest) {
        return claim(requestedBy, digest, STRICT);
    }

    private Optional<UUID> claim(String requestedBy, String digest, Verdict asks) {
        return world.database.write(sql -> approvals.claim(sql, requestedBy, digest, asks));
    }

    @Test
    void an_approval_is_for_one_digest_and_one_requester_and_counts_once() {
        UUID id = ask(question("d1"));
        assertThat(claim("d1")).isEmpty();
        decide(boss, id, YES);

        assertThat(claim("d2")).isEmpty();
        assertThat(claim("agent:other", "d1")).isEmpty();
        assertThat(claim("d1")).contains(id);
        assertThat(claim("d1")).isEmpty();
    }

    @Test
    void an_approval_is_for_the_version_of_the_policy_that_asked() {
        Verdict newer = new Verdict(Verdict.Kind.ASK, "strict", 2, "writes", "it writes");
        UUID approved = ask(question("d1"));
        decide(boss, approved, YES);
        assertThat(claim("agent:helper", "d1", newer)).isEmpty();

        UUID again = ask(question("d1", newer));
        assertThat(again).isNotEqualTo(approved);
        decide(boss, again, YES);
        assertThat(claim("agent:helper", "d1", newer)).contains(again);
        assertThat(claim("d1")).contains(approved);
    }

    @Test
    void an_open_question_goes_on_as_the_question_of_the_version_that_asks_last() {
        Verdict newer = new Verdict(Verdict.Kind.ASK, "strict", 2, "deletes", "it deletes");
        UUID open = ask(question("d1"));

        assertThat(ask(question("d1", newer))).isEqualTo(open);
        assertThat(decide(boss, open, YES).question().because()).contains(newer);
        assertThat(claim("d1")).isEmpty();
        assertThat(claim("agent:helper", "d1", newer)).contains(open);
    }

    @Test
    void of_a_hundred_claims_one_gets_the_approval() throws Exception {
        UUID id = ask(question("d1"));
        decide(boss, id, YES);
        List<Future<Optional<UUID>>> claims = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                claims.add(threads.submit(() -> claim("d1")));
            }
        }
        int got = 0;
        for (Future<Optional<UUID>> claim : claims) {
            got += claim.get().isPresent() ? 1 : 0;
        }

        assertThat(got).isEqualTo(1);
    }

    @Test
    void a_claim_that_is_rolled_back_can_be_made_again() {
        UUID id = ask(question("d1"));
        decide(boss, id, YES);
        assertThatThrownBy(() -> world.database.write(sql -> {
            approvals.claim(sql, "agent:helper", "d1", STRICT);
            throw new IllegalStateException("the work failed");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(claim("d1")).contains(id);
    }

    @Test
    void the_same_open_question_is_put_once_even_by_many_at_once() throws Exception {
        List<Future<UUID>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                asked.add(threads.submit(() -> ask(question("d1"))));
            }
        }
        List<UUID> ids = new ArrayList<>();
        for (Future<UUID> each : asked) {
            ids.add(each.get());
        }

        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void an_approval_given_and_not_used_stands_for_the_same_question() {
        UUID id = ask(question("d1"));
        decide(boss, id, YES);

        assertThat(ask(question("d1"))).isEqualTo(id);
    }

    @Test
    void what_was_rejected_is_not_asked_again_until_the_question_expires() {
        UUID id = ask(question("d1"));
        decide(boss, id, NO);

        assertThatThrownBy(() -> ask(question("d1"))).isInstanceOf(Refusal.class)
                .hasMessageContaining("boss rejected it: too much");
        assertThat(claim("d1")).isEmpty();
        world.clock.forward(Duration.ofHours(24));
        assertThat(ask(question("d1"))).isNotEqualTo(id);
    }

    @Test
    void a_question_is_answered_once() {
        UUID id = ask(question("d1"));
        decide(boss, id, YES);

        assertThatThrownBy(() -> decide(boss, id, NO)).isInstanceOf(Refusal.class)
                .hasMessage("The question was answered already: approved.");
        assertThat(answer(id)).contains(new Approvals.Answer(true, "boss", "fine"));
    }

    private Optional<Approvals.Answer> answer(UUID id) {
        return world.database.read(sql -> approvals.answer(sql, id));
    }

    @Test
    void questions_and_approvals_expire() {
        UUID pending = ask(question("d1"));
        UUID approved = ask(question("d2"));
        decide(boss, approved, YES);
        world.clock.forward(Duration.ofHours(24));

        assertThatThrownBy(() -> decide(boss, pending, YES)).hasMessage("The question has expired.");
        assertThat(claim("d2")).isEmpty();
        assertThat(answer(pending)).isEmpty();
        List<StoredApprovals.Asked> expired =
                world.database.read(sql -> approvals.list(sql, Optional.of("expired"), Optional.empty(), 10));
        assertThat(expired).singleElement().satisfies(asked -> assertThat(asked.id()).isEqualTo(pending));
        assertThat(ask(question("d1"))).isNotEqualTo(pending);
    }

    @Test
    void an_agent_never_answers_and_neither_does_the_account_it_acts_for() {
        UUID id = ask(question("d1"));
        Principal agent = world.directory.find("agent:helper").orElseThrow();

        assertThatThrownBy(() -> decide(agent, id, YES)).hasMessageContaining("an agent never approves");
        assertThatThrownBy(() -> decide(ana, id, YES)).hasMessageContaining("nobody what his own agent asks");
        decide(world.user("root", Type.SYSTEM_ADMIN), id, YES);
    }

    @Test
    void whoever_lacks_the_permission_of_the_call_does_not_answer() {
        UUID id = ask(question("d1"));

        assertThatThrownBy(() -> world.database.write(sql -> approvals.decide(sql, boss, id, YES, false)))
                .isInstanceOf(Refusal.class).hasMessageContaining("those who hold the permission");
    }

    @Test
    void a_question_of_a_process_is_answered_by_the_members_of_the_group_and_by_who_started_it_if_he_is_one() {
        UUID id = ask(credit("i/1"));
        Principal stranger = world.user("stranger", Type.BASIC);

        assertThatThrownBy(() -> decide(stranger, id, YES)).hasMessageContaining("members of group managers");
        assertThat(decide(boss, id, NO).status()).isEqualTo("rejected");
        assertThat(answer(id)).contains(new Approvals.Answer(false, "boss", "too much"));
        assertThat(decide(ana, ask(credit("i/2")), YES).status()).isEqualTo("approved");
    }

    private static Question credit(String digest) {
        return new Question(
                Kind.PROCESS, "Extend credit?", "ana", "crm.processes.onboard", digest, Map.of(), Optional.empty(),
                Optional.of("managers"), Optional.empty());
    }

    @Test
    void a_question_of_a_process_waits_for_ever_unless_it_says_until_when() {
        UUID id = ask(credit("i/1"));
        world.clock.forward(Duration.ofDays(400));

        StoredApprovals.Asked asked = world.database.read(sql -> approvals.get(sql, id));
        assertThat(asked.dueAt()).isEmpty();
        assertThat(asked.status()).isEqualTo("pending");
        List<StoredApprovals.Asked> pending =
                world.database.read(sql -> approvals.list(sql, Optional.of("pending"), Optional.empty(), 10));
        assertThat(pending).extracting(StoredApprovals.Asked::id).containsExactly(id);
        assertThat(decide(boss, id, YES).status()).isEqualTo("approved");
    }

    @Test
    void an_answer_wakes_those_who_listen_when_it_is_committed() throws Exception {
        UUID id = ask(question("d1"));
        try (Connection connection = world.database.dataSource().getConnection()) {
            connection.createStatement().execute("listen " + StoredApprovals.CHANNEL);
            decide(boss, id, YES);

            assertThat(connection.unwrap(PGConnection.class).getNotifications(5000))
                    .singleElement().satisfies(n -> assertThat(n.getParameter()).isEqualTo(id.toString()));
        }
    }

    @Test
    void people_see_what_would_be_done_without_its_secrets() {
        UUID id = ask(question("d1"));

        StoredApprovals.Asked asked = world.database.read(sql -> approvals.get(sql, id));

        assertThat(asked.question().arguments()).isEqualTo(Map.of("id", 1, "password", "***"));
        assertThat(asked.question().because().orElseThrow().policy()).isEqualTo("strict");
        assertThat(asked.question().needs()).contains(Permission.DELETE);
    }
}
