package dev.appos.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.identity.ApiKeys;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.secure.Principal.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One node takes something away while another uses it without a pause: once acknowledged, nothing is accepted.
final class RevokeTest {

    private static final int ROUNDS = 6;
    private static final int USES_AFTERWARDS = 200;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final CoherenceSettings USUAL = CoherenceSettings.DEFAULT;

    /// A node that looks seldom and trusts its memory all the same, and one that waits for nobody: what there would be
    /// without leases.
    private static final CoherenceSettings CARELESS =
            new CoherenceSettings(Duration.ofMillis(300), NEVER, AT_ONCE, USUAL.patience());

    private static final Map<String, Object> RULES = Map.of(
            "rules", List.of(Map.of("verdict", "deny", "actions", List.of("*"))));

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_grant_taken_back_on_one_node_is_gone_on_another() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        try (SecureNode other = started(USUAL)) {
            assertThat(acceptedAfterwards(ROUNDS, this::grant, this::ungrant, () -> allowed(other, ana))).isZero();
        }
    }

    @Test
    void without_the_lease_it_would_still_be_accepted() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.customer", Permission.VIEW);
        try (SecureNode other = started(CARELESS);
                SecureNode hasty = started(CARELESS)) {
            int accepted = acceptedAfterwards(
                    ROUNDS,
                    this::grant,
                    () -> {
                        hasty.database.write(sql -> world.grants.remove(
                                sql, "crm_users", GrantPattern.of("crm.records.customer"), List.of(Permission.VIEW)));
                        hasty.directory.refresh();
                    },
                    () -> allowed(other, ana));
            assertThat(accepted).isPositive();
        }
    }

    @Test
    void a_lost_membership_a_sleeping_group_and_a_deactivated_account_are_felt_there_at_once() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users", "sales");
        world.grant("sales", "crm.records.customer", Permission.VIEW);
        try (SecureNode other = started(USUAL)) {
            BooleanSupplier use = () -> allowed(other, ana);
            assertThat(acceptedAfterwards(ROUNDS, () -> world.join("ana", "sales"), () -> change(() ->
                    world.database.write(sql -> {
                        world.groups.removeMember(sql, "sales", "ana");
                        return sql;
                    })), use)).isZero();
            world.join("ana", "sales");
            assertThat(acceptedAfterwards(ROUNDS,
                    () -> change(() -> world.database.write(sql -> world.groups.activate(sql, "sales", true))),
                    () -> change(() -> world.database.write(sql -> world.groups.activate(sql, "sales", false))),
                    use)).isZero();
            change(() -> world.database.write(sql -> world.groups.activate(sql, "sales", true)));
            assertThat(acceptedAfterwards(ROUNDS,
                    () -> change(() -> world.database.write(sql -> world.users.reactivate(sql, "ana"))),
                    () -> change(() -> world.database.write(
                            sql -> world.users.deactivate(sql, world.sessions, "ana"))),
                    use)).isZero();
        }
    }

    @Test
    void a_session_logged_out_and_a_key_revoked_are_dead_there_at_once() {
        world.login("ana", Type.BASIC);
        Users.User ana = world.database.read(sql -> world.users.get(sql, "ana"));
        try (SecureNode other = started(USUAL)) {
            String[] given = new String[1];
            assertThat(acceptedAfterwards(2,
                    () -> given[0] = world.identities.login("ana", World.PASSWORD, World.CLIENT).token(),
                    () -> world.identities.logout(given[0]),
                    () -> accepted(() -> other.identities.session(given[0])))).isZero();
            ApiKeys.Made[] key = new ApiKeys.Made[1];
            assertThat(acceptedAfterwards(ROUNDS,
                    () -> key[0] = world.database.write(sql -> world.keys.create(
                            sql, new ApiKeys.Owner(ana.id(), false), "key", Optional.empty(), "test")),
                    () -> change(() -> world.database.write(sql -> {
                        world.keys.revoke(sql, key[0].id());
                        return sql;
                    })),
                    () -> accepted(() -> other.identities.apiKey(key[0].apiKey())))).isZero();
        }
    }

    @Test
    void a_new_version_of_a_policy_judges_there_at_once() {
        try (SecureNode here = started(USUAL);
                SecureNode other = started(USUAL)) {
            int[] known = new int[1];
            BooleanSupplier old = () -> other.policies.names().size() == known[0];
            assertThat(acceptedAfterwards(ROUNDS, () -> known[0] = here.policies.names().size(), () -> {
                here.database.write(sql -> here.policies.put(sql, "p" + known[0], RULES, "test"));
                here.policies.refresh();
            }, old)).isZero();
        }
    }

    @Test
    void a_frozen_node_is_waited_for_no_longer_than_its_lease_and_accepts_nothing_when_it_wakes() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        grant();
        try (SecureNode frozen = new SecureNode(world.settings, USUAL, world)) {
            assertThat(allowed(frozen, ana)).isTrue();
            long start = System.nanoTime();

            ungrant();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(USUAL.lease());
            assertThat(allowed(frozen, ana)).isFalse();
        }
    }

    @Test
    void a_frozen_node_that_trusted_its_memory_longer_would_accept() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        grant();
        try (SecureNode frozen = new SecureNode(world.settings, CARELESS, world)) {
            assertThat(allowed(frozen, ana)).isTrue();
            ungrant();
            assertThat(allowed(frozen, ana)).isTrue();
        }
    }

    @Test
    void a_node_without_its_database_decides_from_memory_for_the_length_of_its_lease_and_then_refuses() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        grant();
        try (SecureNode alone = new SecureNode(world.settings, USUAL, world)) {
            assertThat(allowed(alone, ana)).isTrue();
            alone.database.close();
            assertThat(allowed(alone, ana)).isTrue();

            alone.ahead.addAndGet(USUAL.lease().toNanos());

            assertThatThrownBy(() -> allowed(alone, ana)).isInstanceOf(RuntimeException.class);
            alone.ahead.addAndGet(-USUAL.lease().toNanos());
        }
    }

    @Test
    void nothing_waits_for_a_node_that_has_gone() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        grant();
        try (SecureNode gone = started(USUAL)) {
            assertThat(allowed(gone, ana)).isTrue();
        }
        long start = System.nanoTime();
        ungrant();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(USUAL.silence());
    }

    @Test
    void a_node_that_speaks_but_does_not_follow_makes_the_change_fail_loudly() {
        world.user("ana", Type.BASIC, "crm_users");
        CoherenceSettings impatient = new CoherenceSettings(
                USUAL.look(), USUAL.lease(), USUAL.silence(), Duration.ofMillis(50));
        try (SecureNode here = started(impatient)) {
            world.directory.find("ana");
            here.database.write(sql -> world.grants.remove(
                    sql, "crm_users", GrantPattern.of("crm.records.customer"), List.of(Permission.VIEW)));
            assertThatThrownBy(here.directory::refresh)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("have not heard of it yet");
        }
    }

    /// How often `use` was let in that began after `take` was acknowledged.
    private int acceptedAfterwards(int rounds, Runnable give, Runnable take, BooleanSupplier use) {
        int accepted = 0;
        for (int round = 0; round < rounds; round++) {
            give.run();
            CountDownLatch using = new CountDownLatch(1);
            CompletableFuture<Boolean> taken = new CompletableFuture<>();
            CompletableFuture<Integer> counted = CompletableFuture.supplyAsync(() -> {
                int after = 0;
                for (int late = 0; late < USES_AFTERWARDS; ) {
                    boolean acknowledged = taken.isDone();
                    boolean let = use.getAsBoolean();
                    late += acknowledged ? 1 : 0;
                    after += acknowledged && let ? 1 : 0;
                    using.countDown();
                }
                return after;
            });
            try {
                using.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            take.run();
            taken.complete(true);
            accepted += counted.join();
        }
        return accepted;
    }

    private SecureNode started(CoherenceSettings settings) {
        SecureNode node = new SecureNode(world.settings, settings, world);
        node.coherence.start();
        return node;
    }

    private void grant() {
        world.grant("crm_users", "crm.records.customer", Permission.VIEW);
    }

    private void ungrant() {
        world.revoke("crm_users", "crm.records.customer", Permission.VIEW);
    }

    private void change(Runnable work) {
        work.run();
        world.directory.refresh();
    }

    private static boolean allowed(SecureNode node, Principal principal) {
        return node.guard.decide(
                        principal, Apps.snapshot(), Apps.definition("crm.records.customer"), Permission.VIEW)
                instanceof Decision.Allow;
    }

    private static boolean accepted(Runnable use) {
        try {
            use.run();
            return true;
        } catch (Refusal _) {
            return false;
        }
    }
}
