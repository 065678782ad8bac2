package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Digest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoginsTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Login ana() {
        return world.identities.login("ana", World.PASSWORD, World.CLIENT);
    }

    @Test
    void a_login_gives_a_session_that_says_who_asks() {
        world.login("ana", Type.BASIC);
        world.join("ana", "crm_users");

        Login login = world.identities.login("  ANA ", World.PASSWORD, World.CLIENT);
        Identity identity = world.identities.session(login.token());

        assertThat(identity.principal().name()).isEqualTo("ana");
        assertThat(((Principal.User) identity.principal()).groups()).containsExactly("crm_users");
        assertThat(identity.csrfToken()).isEqualTo(login.csrfToken()).isNotEqualTo(login.token());
        assertThat(login.expiresAt()).isEqualTo(world.clock.instant().plusSeconds(3600));
    }

    @Test
    void no_table_holds_a_token_or_a_password() {
        world.login("ana", Type.BASIC);
        Login login = ana();

        String tables = world.database.read(sql -> sql.fetch("select * from appos.sessions").formatJSON()
                + sql.fetch("select * from appos.users").formatJSON());

        assertThat(tables).doesNotContain(login.token()).doesNotContain(login.csrfToken())
                .doesNotContain(World.PASSWORD).contains("argon2id").contains(Digest.sha256(login.token()));
    }

    @Test
    void every_login_that_fails_reads_the_same() {
        world.login("ana", Type.BASIC);
        world.login("robot", Type.SERVICE_ACCOUNT);
        world.login("gone", Type.BASIC);
        world.database.write(sql -> world.users.deactivate(sql, world.sessions, "gone"));
        world.directory.refresh();

        Refusal wrong = refusal(() -> world.identities.login("ana", "wrong", World.CLIENT));
        Refusal unknown = refusal(() -> world.identities.login("nobody", World.PASSWORD, World.CLIENT));
        Refusal service = refusal(() -> world.identities.login("robot", World.PASSWORD, World.CLIENT));
        Refusal gone = refusal(() -> world.identities.login("gone", World.PASSWORD, World.CLIENT));

        assertThat(wrong.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(List.of(unknown, service, gone)).allSatisfy(refusal ->
                assertThat(refusal).hasMessage(wrong.getMessage()));
        assertThat(reasons()).containsExactlyInAnyOrder(
                "invalid_password", "invalid_username", "service_account_ui_login", "account_disabled");
    }

    private List<String> reasons() {
        return world.database.read(sql -> sql.fetch("select reason from appos.login_audit order by id")
                .getValues("reason", String.class));
    }

    @Test
    void what_nobody_can_be_called_is_refused_like_a_wrong_password() {
        for (String name : List.of("", "a\0b", "\ud800", "x".repeat(5000), "' or 1=1 --", "agent:x")) {
            Client client = new Client("203.0.113." + name.length() % 256, "");
            assertThat(refusal(() -> world.identities.login(name, World.PASSWORD, client)).reason())
                    .isEqualTo(Reason.UNAUTHENTICATED);
        }
        assertThat(refusal(() -> world.identities.login("ana", "x\0\ud800".repeat(1000), World.CLIENT)).reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void five_wrong_passwords_lock_the_address_out_of_the_account_for_a_quarter_of_an_hour() {
        world.login("ana", Type.BASIC);
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(() -> world.identities.login("ana", "wrong", World.CLIENT)).reason())
                    .isEqualTo(Reason.UNAUTHENTICATED);
        }

        assertThat(refusal(this::ana).reason()).isEqualTo(Reason.OVER_BUDGET);
        world.clock.forward(Duration.ofSeconds(899));
        assertThat(refusal(this::ana).retryAfter()).contains(Duration.ofSeconds(1));
        world.clock.forward(Duration.ofSeconds(1));
        assertThat(ana().principal().name()).isEqualTo("ana");
        assertThat(reasons()).contains("max_attempts");
    }

    @Test
    void nobody_locks_an_account_for_those_at_other_addresses() {
        world.login("ana", Type.BASIC);
        for (int i = 0; i < 10; i++) {
            refusal(() -> world.identities.login("ana", "wrong", new Client("203.0.113.7", "attacker")));
        }

        assertThat(ana().principal().name()).isEqualTo("ana");
        assertThat(refusal(() -> world.identities.login("ana", World.PASSWORD, new Client("203.0.113.7", "")))
                .reason()).isEqualTo(Reason.OVER_BUDGET);
    }

    @Test
    void a_lock_does_not_tell_whether_there_is_such_an_account() {
        world.login("ana", Type.BASIC);
        world.login("robot", Type.SERVICE_ACCOUNT);
        List<List<String>> heard = new ArrayList<>();
        for (String name : List.of("ana", "nobody", "robot")) {
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Refusal refusal = refusal(() -> world.identities.login(name, "wrong", World.CLIENT));
                answers.add(refusal.reason() + refusal.getMessage() + refusal.retryAfter());
            }
            heard.add(answers);
        }

        assertThat(heard.stream().distinct()).hasSize(1);
        assertThat(heard.getFirst().getLast()).startsWith("OVER_BUDGET");
    }

    @Test
    void too_many_wrong_logins_from_everywhere_shut_a_name_for_an_hour_in_the_usual_words() {
        world.login("ana", Type.BASIC);
        LoginLimits usual = LoginLimits.DEFAULT;
        IdentitySettings few = IdentitySettings.DEFAULT.withLogins(
                new LoginLimits(3, usual.lockedFor(), 6, usual.window(), usual.kept()));
        assertThat(usual.everywhere()).isEqualTo(100);
        Accounts accounts = Accounts.of(few, World.SECRET, world.ids, world.clock);
        try (Identities identities = new Identities(
                world.database, world.directory, accounts, world.ids, world.clock)) {
            for (String name : List.of("ana", "nobody")) {
                for (int i = 0; i < 6; i++) {
                    Client client = new Client("203.0.113." + i % 3, "");
                    refusal(() -> identities.login(name, "wrong", client));
                }
            }
            Refusal shut = refusal(() -> identities.login("ana", World.PASSWORD, World.CLIENT));
            Refusal unknown = refusal(() -> identities.login("nobody", World.PASSWORD, World.CLIENT));
            assertThat(shut.reason()).isEqualTo(Reason.UNAUTHENTICATED);
            assertThat(unknown).hasMessage(shut.getMessage());
            world.clock.forward(usual.window());
            assertThat(identities.login("ana", World.PASSWORD, World.CLIENT).principal().name()).isEqualTo("ana");
            identities.sweep();
            assertThat(world.database.<List<String>>read(
                            sql -> sql.fetch("select username from appos.login_attempts").getValues(0, String.class)))
                    .containsExactly("ana");
        }
    }

    @Test
    void a_right_password_forgets_the_wrong_ones_before_it() {
        world.login("ana", Type.BASIC);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                refusal(() -> world.identities.login("ana", "wrong", World.CLIENT));
            }
            assertThat(ana().principal().name()).isEqualTo("ana");
        }
    }

    @Test
    void a_login_of_nobody_costs_as_much_as_a_wrong_password() {
        world.login("ana", Type.BASIC);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long known = 0;
        long unknown = 0;
        for (int i = 0; i < 30; i++) {
            // Each from an address of its own, so that no lock comes in between; the first ones warm up.
            Client client = new Client("203.0.113." + i, "");
            long begin = threads.getCurrentThreadCpuTime();
            refusal(() -> world.identities.login("ana", "wrong password", client));
            long between = threads.getCurrentThreadCpuTime();
            refusal(() -> world.identities.login("nobody", "wrong password", client));
            long end = threads.getCurrentThreadCpuTime();
            known += i < 5 ? 0 : between - begin;
            unknown += i < 5 ? 0 : end - between;
        }

        // Without the hash that stands in for a missing one this is a fiftieth.
        assertThat((double) unknown / known).isBetween(0.7, 1.4);
    }

    @Test
    void a_flood_of_logins_ends_in_a_session_a_lock_or_a_refusal_to_wait() throws Exception {
        PasswordRules narrow = new PasswordRules(8, 2, Duration.ofSeconds(1), 20);
        try (World flooded = new World(IdentitySettings.DEFAULT.withPasswords(narrow))) {
            flooded.login("ana", Type.BASIC);
            List<Future<String>> calls = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 1000; i++) {
                    String password = i % 2 == 0 ? World.PASSWORD : "wrong password";
                    Client client = new Client("203.0.113." + i % 200, "");
                    calls.add(threads.submit(() -> {
                        try {
                            flooded.identities.login("ana", password, client);
                            return "IN";
                        } catch (Refusal refusal) {
                            return refusal.reason().name();
                        }
                    }));
                }
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> call : calls) {
                answers.add(call.get());
            }

            assertThat(answers).contains("IN", "UNAVAILABLE")
                    .isSubsetOf("IN", "UNAUTHENTICATED", "OVER_BUDGET", "UNAVAILABLE");
            List<LoginAudit.Attempt> ok = flooded.database.read(sql -> flooded.accounts.logins().list(
                    sql,
                    new LoginAudit.Filter(Optional.empty(), Optional.of(true), Optional.empty(), Optional.empty()),
                    1000));
            assertThat(ok).hasSameSizeAs(answers.stream().filter("IN"::equals).toList());
        }
    }
}
